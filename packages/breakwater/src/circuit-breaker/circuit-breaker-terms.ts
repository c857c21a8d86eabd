import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import type { Random } from '../random/random.ts'
import { systemRandom } from '../random/system-random.ts'
import { checkText } from '../config/check-text.ts'
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
  const known = shared.find((entry) => isSame(entry, options))
  if (known !== undefined) return known.terms
  checkCircuitBreakerOptions(options)
  const terms = Object.freeze(settle(options))
  share(options, terms)
  return terms
}

function isSame({ options: known, count }: SharedTerms, options: object): boolean {
  let seen = 0
  for (const field in options) {
    if (ownFields.has(field)) continue
    if (known[field] !== Reflect.get(options, field)) return false
    seen++
  }
  return seen === count
}

function share(options: CircuitBreakerOptions, terms: BreakerTerms): void {
  const own = Object.entries(options).filter(([field]) => !ownFields.has(field))
  if (own.some(([, value]) => typeof value !== 'number')) return
  if (shared.length >= mostShared) shared.pop()
  shared.unshift({ options: Object.fromEntries(own), count: own.length, terms })
}

function settle(options: CircuitBreakerOptions): BreakerTerms {
  const { windowCalls = 0, consecutiveFailures = 0, slowCallMs = 0, isFailure = everyError } = options
  const defaults = circuitBreakerDefaults
  const { failureRatio, slowCallRatio, halfOpenLimit, trialLeaseMs, failuresKept } = filled(options, defaults)
  const most = windowCalls > 0 ? windowCalls : Infinity
  return {
    ...{ failureRatio, slowCallRatio, halfOpenLimit, trialLeaseMs, failuresKept },
    ...{ windowCalls, consecutiveFailures, slowCallMs, isFailure },
    minimumCalls: options.minimumCalls ?? Math.min(defaults.minimumCalls, most),
    windowMs: options.windowMs ?? defaults.windowMs,
    ...openTerms(options),
    ...trialTerms(options),
    ...rampTerms(options),
    healthProbe: options.healthProbe,
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
  }
}

function filled<Defaults extends object>(options: object, defaults: Defaults): Defaults {
  const own = Object.entries(options).filter(([field, value]) => value !== undefined && field in defaults)
  return { ...defaults, ...Object.fromEntries(own) }
}

type OpenTerms = Pick<BreakerTerms, 'openMs' | 'openTime' | 'maxOpenMs' | 'jitter'>

function openTerms({
  openMs = circuitBreakerDefaults.openMs,
  maxOpenMs,
  jitter,
}: CircuitBreakerOptions): OpenTerms {
  const defaults = circuitBreakerDefaults
  if (typeof openMs !== 'number')
    return { openMs: 0, openTime: openMs, maxOpenMs: maxOpenMs ?? dayMs, jitter: jitter ?? 0 }
  return {
    openMs,
    openTime: undefined,
    maxOpenMs: maxOpenMs ?? Math.max(defaults.maxOpenMs, openMs),
    jitter: jitter ?? defaults.jitter,
  }
}

function trialTerms(options: CircuitBreakerOptions): Pick<BreakerTerms, 'successThreshold' | 'trials'> {
  const { trials = 0, trialSuccessRatio } = options
  const byRatio = Math.ceil(trials * (trialSuccessRatio ?? 1) - 1e-9)
  const usual = trials > 0 ? byRatio : circuitBreakerDefaults.successThreshold
  return { trials, successThreshold: options.successThreshold ?? usual }
}

type RampTerms = Pick<BreakerTerms, 'rampSteps' | 'rampStepMs' | 'rampFailureRatio' | 'rampMinimumCalls'>

function rampTerms({ ramp }: CircuitBreakerOptions): RampTerms {
  const { steps, stepMs, failureRatio, minimumCalls } = filled(ramp ?? {}, rampDefaults)
  return {
    rampSteps: ramp === undefined ? noSteps : Object.freeze([...steps]),
    rampStepMs: stepMs,
    rampFailureRatio: failureRatio,
    rampMinimumCalls: minimumCalls,
  }
}

const noSteps: readonly number[] = /* @__PURE__ */ Object.freeze([])

function everyError(): boolean {
  return true
}
