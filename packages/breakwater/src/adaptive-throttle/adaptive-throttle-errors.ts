import { FactsRejection } from '../faults/facts-rejection.ts'
import { isResilienceError } from '../faults/is-resilience-error.ts'
import { ResilienceError } from '../faults/resilience-error.ts'
import type { Criticality } from '../pipeline/call-context.ts'

/** What a refusal of a throttle says. */
export interface ThrottledFacts {
  readonly policy: string
  readonly criticality: Criticality
  /** The share of calls of this criticality that was shed at that moment, 0–1. */
  readonly ratio: number
  /** Requests in the window, made or shed. */
  readonly requests: number
  /** Those that the dependency accepted. */
  readonly accepts: number
}

/** A throttle shed the call, because the dependency refuses too many. */
export class ThrottledError extends ResilienceError {
  declare readonly policy: string
  declare readonly criticality: Criticality
  /** The share of calls of this criticality that was shed at that moment, 0–1. */
  declare readonly ratio: number
  /** Requests in the window, made or shed. */
  declare readonly requests: number
  /** Those that the dependency accepted. */
  declare readonly accepts: number

  constructor(facts: ThrottledFacts) {
    const { policy, criticality, ratio, requests, accepts } = facts
    const share = `${Math.round(ratio * 100)} % of ${criticality} calls are shed`
    super(`Throttle '${policy}' shed the call: ${accepts} of ${requests} were accepted, ${share}`, {
      code: 'THROTTLED',
    })
    this.name = 'ThrottledError'
    Object.assign(this, facts)
  }
}

/** Whether a value is a {@link ThrottledError} of this library, of whatever copy. */
export function isThrottledError(value: unknown): value is ThrottledError {
  return isResilienceError(value) && value.code === 'THROTTLED'
}

/** The refusal, before anyone asks for the error. */
export class ThrottledRejection extends FactsRejection<ThrottledFacts> {
  constructor(facts: ThrottledFacts) {
    super('THROTTLED', facts, ThrottledError)
  }
}
