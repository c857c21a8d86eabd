import { checkNumbers, mustBe } from '../config/check-option.ts'
import {
  above,
  aFunction,
  anything,
  atLeast,
  integer,
  methods,
  type OptionRule,
} from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
import {
  type CircuitBreakerOptions,
  circuitBreakerDefaults,
  type RampOptions,
} from './circuit-breaker-options.ts'

const what = 'circuit breaker'
const dayMs = 86_400_000
const count: OptionRule = integer(1, 1_000_000)
const share: OptionRule = above(0, 1)
const duration: OptionRule = atLeast(1, dayMs)

const table: OptionTable<CircuitBreakerOptions> = {
  name: anything,
  failureRatio: share,
  minimumCalls: count,
  windowMs: atLeast(100, dayMs),
  windowCalls: integer(1, 100_000),
  consecutiveFailures: count,
  slowCallMs: duration,
  slowCallRatio: share,
  openMs: checkOpenTime,
  maxOpenMs: duration,
  jitter: atLeast(0, 1),
  successThreshold: count,
  trials: count,
  trialSuccessRatio: share,
  halfOpenLimit: count,
  trialLeaseMs: duration,
  ramp: checkRamp,
  isFailure: checkQuestion,
  healthProbe: aFunction,
  restore: anything,
  failuresKept: integer(0, 50),
  clock: methods('now', 'coarseNow', 'epochNow'),
  random: methods('next'),
  onEvent: aFunction,
}
const rampTable: OptionTable<RampOptions> = {
  steps: checkSteps,
  stepMs: duration,
  failureRatio: share,
  minimumCalls: count,
}
type Names = readonly (readonly [keyof CircuitBreakerOptions, keyof CircuitBreakerOptions])[]
const exclusive: Names = [
  ['failureRatio', 'consecutiveFailures'],
  ['windowCalls', 'consecutiveFailures'],
  ['slowCallRatio', 'consecutiveFailures'],
  ['windowMs', 'windowCalls'],
  ['trialSuccessRatio', 'successThreshold'],
]
const companions: Names = [
  ['slowCallRatio', 'slowCallMs'],
  ['trialSuccessRatio', 'trials'],
]

/**
 * Checks the options of a breaker, each for itself and together.
 *
 * @throws {RangeError | TypeError} when an option is out of range, unknown, or does not go with another
 */
export function checkCircuitBreakerOptions(options: CircuitBreakerOptions): void {
  checkOptions(what, options, table)
  checkTogether(options)
  const { openMs = circuitBreakerDefaults.openMs, maxOpenMs = Infinity, windowCalls, trials } = options
  if (typeof openMs === 'number' && maxOpenMs < openMs)
    throw new RangeError(mustBe(`${what} as 'maxOpenMs'`, `a number >= openMs (${openMs})`, maxOpenMs))
  checkNumbers(what, options, { minimumCalls: { max: windowCalls }, successThreshold: { max: trials } })
}

function checkTogether(options: CircuitBreakerOptions): void {
  for (const [one, other] of exclusive) {
    if (options[one] === undefined || options[other] === undefined) continue
    throw new TypeError(`Cannot create ${what} as '${one}' and '${other}' exclude each other`)
  }
  for (const [one, other] of companions) {
    if (options[one] === undefined || options[other] !== undefined) continue
    throw new TypeError(`Cannot create ${what} as '${one}' means nothing without '${other}'`)
  }
}

/** A class that is called throws, and what throws counts as a failure: nobody would notice the mistake. */
function checkQuestion(_what: string, field: string, value: unknown): void {
  aFunction(what, field, value)
  const isClass = value === Error || Reflect.get(value as object, 'prototype') instanceof Error
  if (isClass) throw new TypeError(mustBe(`${what} as '${field}'`, 'a function, as of errorIs()', 'a class'))
}

function checkOpenTime(_what: string, field: string, openMs: unknown): void {
  if (typeof openMs === 'object') methods('delayMs')(what, field, openMs)
  else if (typeof openMs !== 'function') duration(what, field, openMs)
}

function checkRamp(_what: string, _field: string, ramp: unknown): void {
  checkOptions(`ramp of ${what}`, ramp as RampOptions, rampTable)
}

function checkSteps(ramp: string, field: string, steps: unknown): void {
  if (Array.isArray(steps) && steps.length > 0 && steps.length <= 20 && steps.every(isRising)) return
  const rule = '1 to 20 rising shares above 0 and below 1'
  throw new RangeError(mustBe(`${ramp} as '${field}'`, rule, JSON.stringify(steps)))
}

function isRising(step: unknown, index: number, steps: readonly number[]): boolean {
  return typeof step === 'number' && step > (steps[index - 1] ?? 0) && step < 1
}
