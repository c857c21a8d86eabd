import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import type { Random } from '../random/random.ts'
import { systemRandom } from '../random/system-random.ts'
import { checkFunction, checkText, withoutUndefined } from '../config/check-option.ts'
import {
  type CircuitBreakerOptions,
  circuitBreakerDefaults,
  rampDefaults,
} from './circuit-breaker-options.ts'
import { checkCircuitBreakerOptions } from './check-circuit-breaker-options.ts'
import type { HealthProbe } from './dependency-health.ts'
import type { OpenTime } from './open-time.ts'

/** What a breaker works with: everything filled in, and shared by all breakers of the same options. 0 means "not this kind". */
export interface BreakerTerms {
  readonly failureRatio: number
  readonly minimumCalls: number
  readonly windowMs: number
  readonly windowCalls: number
  readonly consecutiveFailures: number
  readonly slowCallMs: number
  readonly slowCallRatio: number
  readonly openMs: number
  readonly openTime: OpenTime | undefined
  readonly maxOpenMs: number
  readonly jitter: number
  readonly successThreshold: number
  readonly trials: number
  readonly halfOpenLimit: number
  readonly trialLeaseMs: number
  readonly rampSteps: readonly number[]
  readonly rampStepMs: number
  readonly rampFailureRatio: number
  readonly rampMinimumCalls: number
  readonly failuresKept: number
  readonly isFailure: (error: unknown) => boolean
  readonly healthProbe: HealthProbe | undefined
  readonly clock: Clock
  readonly random: Random
}

const dayMs = 86_400_000
/** Options that are a breaker's own, and not part of its terms. */
const ownFields: ReadonlySet<string> = /* @__PURE__ */ new Set(['name', 'onEvent', 'restore'])
const mostShared = 8

interface SharedTerms {
  readonly options: Readonly<Record<string, unknown>>
  readonly count: number
  readonly terms: BreakerTerms
}

/** Terms of plain numbers that were asked for last: nothing of the user's is held here. */
const shared: SharedTerms[] = []

/**
 * Validates the options and gives the terms; the same object for the same plain numbers.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 */
export function breakerTerms(options: CircuitBreakerOptions): BreakerTerms {
  checkText('circuit breaker', 'name', options.name)
  checkFunction('circuit breaker', 'onEvent', options.onEvent)
  const known = shared.find((entry) => isSame(entry, options))
  if (known !== undefined) return known.terms
  checkCircuitBreakerOptions(options)
  const given = Object.entries(options).filter(
    ([field, value]) => value !== undefined && !ownFields.has(field),
  )
  const own: CircuitBreakerOptions = Object.fromEntries(given)
  const terms = Object.freeze(settle(own))
  if (given.every(([, value]) => typeof value === 'number')) {
    if (shared.length >= mostShared) shared.pop()
    shared.unshift({ options: { ...own }, count: given.length, terms })
  }
  return terms
}

function isSame({ options: known, count }: SharedTerms, options: object): boolean {
  let seen = 0
  for (const field in options) {
    const value: unknown = Reflect.get(options, field)
    if (value === undefined || ownFields.has(field)) continue
    if (known[field] !== value) return false
    seen++
  }
  return seen === count
}

/** With a place for all that may be given, so that the terms of all breakers have one shape. */
const usual = /* @__PURE__ */ Object.freeze({
  ...circuitBreakerDefaults,
  ...{ windowCalls: 0, consecutiveFailures: 0, slowCallMs: 0, trials: 0, trialSuccessRatio: 1 },
  ...{ ramp: undefined, isFailure: everyError, healthProbe: undefined },
  ...{ clock: systemClock, random: systemRandom },
})

function settle(options: CircuitBreakerOptions): BreakerTerms {
  const { ramp, ...given } = { ...usual, ...options }
  const { windowCalls, trials } = given
  const { steps, stepMs, failureRatio, minimumCalls } = { ...rampDefaults, ...withoutUndefined(ramp ?? {}) }
  const threshold = Math.max(1, Math.ceil(trials * given.trialSuccessRatio - 1e-9))
  return {
    ...given,
    minimumCalls: Math.min(given.minimumCalls, windowCalls > 0 ? windowCalls : Infinity),
    ...openTerms(given.openMs, options),
    successThreshold: options.successThreshold ?? threshold,
    rampSteps: ramp === undefined ? [] : Object.freeze([...steps]),
    rampStepMs: stepMs,
    rampFailureRatio: failureRatio,
    rampMinimumCalls: minimumCalls,
  }
}

type OpenTerms = Pick<BreakerTerms, 'openMs' | 'openTime' | 'maxOpenMs' | 'jitter'>

function openTerms(openMs: number | OpenTime, options: CircuitBreakerOptions): OpenTerms {
  const { maxOpenMs, jitter } = { ...circuitBreakerDefaults, ...options }
  if (typeof openMs === 'number')
    return { openMs, openTime: undefined, maxOpenMs: Math.max(maxOpenMs, openMs), jitter }
  return { openMs: 0, openTime: openMs, maxOpenMs: options.maxOpenMs ?? dayMs, jitter: options.jitter ?? 0 }
}

function everyError(): boolean {
  return true
}
