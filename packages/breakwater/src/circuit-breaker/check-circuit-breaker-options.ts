import { checkFunction, checkMethods, checkNames, checkNumbers } from '../config/check-option.ts'
import {
  type CircuitBreakerOptions,
  circuitBreakerDefaults,
  rampDefaults,
} from './circuit-breaker-options.ts'

const what = 'circuit breaker'
const dayMs = 86_400_000
const count = /* @__PURE__ */ Object.freeze({ min: 1, max: 1_000_000, isInteger: true })
const share = /* @__PURE__ */ Object.freeze({ min: 0, max: 1, isAboveMin: true })
const duration = /* @__PURE__ */ Object.freeze({ min: 1, max: dayMs })
const functionNames = ['isFailure', 'healthProbe', 'onEvent'] as const
const names: readonly string[] = [
  ...['name', 'failureRatio', 'minimumCalls', 'windowMs', 'windowCalls', 'consecutiveFailures'],
  ...['slowCallMs', 'slowCallRatio', 'openMs', 'maxOpenMs', 'jitter', 'successThreshold', 'trials'],
  ...['trialSuccessRatio', 'halfOpenLimit', 'trialLeaseMs', 'ramp', 'isFailure', 'healthProbe', 'restore'],
  ...['failuresKept', 'clock', 'random', 'onEvent'],
]
const rules = /* @__PURE__ */ Object.freeze({
  failureRatio: share,
  minimumCalls: count,
  windowMs: { min: 100, max: dayMs },
  windowCalls: { min: 1, max: 100_000, isInteger: true },
  consecutiveFailures: count,
  slowCallMs: duration,
  slowCallRatio: share,
  maxOpenMs: duration,
  jitter: { min: 0, max: 1 },
  successThreshold: count,
  trials: count,
  trialSuccessRatio: share,
  halfOpenLimit: count,
  trialLeaseMs: duration,
  failuresKept: { min: 0, max: 50, isInteger: true },
})
const exclusive: readonly (readonly [keyof CircuitBreakerOptions, keyof CircuitBreakerOptions])[] = [
  ['failureRatio', 'consecutiveFailures'],
  ['windowCalls', 'consecutiveFailures'],
  ['slowCallRatio', 'consecutiveFailures'],
  ['windowMs', 'windowCalls'],
  ['trialSuccessRatio', 'successThreshold'],
]
const companions: readonly (readonly [keyof CircuitBreakerOptions, keyof CircuitBreakerOptions])[] = [
  ['slowCallRatio', 'slowCallMs'],
  ['trialSuccessRatio', 'trials'],
]

/**
 * Checks the options of a breaker, each and against each other.
 *
 * @throws {RangeError | TypeError} that names the option and its value
 */
export function checkCircuitBreakerOptions(options: CircuitBreakerOptions): void {
  checkNames(what, options, names)
  checkNumbers(what, options, rules)
  for (const field of functionNames) checkFunction(what, field, options[field])
  checkMethods(what, options, { clock: ['now', 'coarseNow', 'epochNow'], random: ['next'] })
  checkOpenTime(options)
  checkTogether(options)
  checkRamp(options)
}

function checkOpenTime(options: CircuitBreakerOptions): void {
  const { openMs, maxOpenMs } = options
  if (typeof openMs === 'function') return
  if (typeof openMs === 'object') return checkMethods(what, options, { openMs: ['delayMs'] })
  checkNumbers(what, options, { openMs: duration })
  const shortest = openMs ?? circuitBreakerDefaults.openMs
  if (maxOpenMs === undefined || maxOpenMs >= shortest) return
  throw new RangeError(
    `Cannot create ${what} as 'maxOpenMs' must be a number >= openMs (${shortest}): current value is ${maxOpenMs}`,
  )
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
  const { windowCalls, trials, minimumCalls, successThreshold } = options
  if (windowCalls !== undefined) checkNumbers(what, { minimumCalls }, { minimumCalls: { max: windowCalls } })
  if (trials !== undefined) checkNumbers(what, { successThreshold }, { successThreshold: { max: trials } })
}

function checkRamp({ ramp }: CircuitBreakerOptions): void {
  if (ramp === undefined) return
  checkNames(`ramp of ${what}`, ramp, Object.keys(rampDefaults))
  checkNumbers(`ramp of ${what}`, ramp, { stepMs: duration, failureRatio: share, minimumCalls: count })
  const { steps } = ramp
  if (steps !== undefined && !areSteps(steps)) {
    throw new RangeError(
      `Cannot create ramp of ${what} as 'steps' must be 1 to 20 rising shares above 0 and below 1: current value is ${JSON.stringify(steps)}`,
    )
  }
}

function areSteps(steps: unknown): boolean {
  if (!Array.isArray(steps) || steps.length === 0 || steps.length > 20) return false
  const shares: readonly unknown[] = steps
  return shares.every((step, index) => {
    const before = index === 0 ? 0 : shares[index - 1]
    return typeof step === 'number' && typeof before === 'number' && step > before && step < 1
  })
}
