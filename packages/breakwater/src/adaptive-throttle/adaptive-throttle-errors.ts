import { isResilienceError, ResilienceError } from '../faults/resilience-error.ts'
import type { Criticality } from '../pipeline/call-context.ts'
import type { Rejection } from '../pipeline/rejection.ts'

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
  readonly policy: string
  readonly criticality: Criticality
  /** The share of calls of this criticality that was shed at that moment, 0–1. */
  readonly ratio: number
  /** Requests in the window, made or shed. */
  readonly requests: number
  /** Those that the dependency accepted. */
  readonly accepts: number

  constructor(facts: ThrottledFacts) {
    const { policy, criticality, ratio, requests, accepts } = facts
    const share = `${Math.round(ratio * 100)} % of ${criticality} calls are shed`
    super(`Throttle '${policy}' shed the call: ${accepts} of ${requests} were accepted, ${share}`, {
      code: 'THROTTLED',
    })
    this.name = 'ThrottledError'
    this.policy = policy
    this.criticality = criticality
    this.ratio = ratio
    this.requests = requests
    this.accepts = accepts
  }
}

/** Whether a value is a {@link ThrottledError} of this library, of whatever copy. */
export function isThrottledError(value: unknown): value is ThrottledError {
  return isResilienceError(value) && value.code === 'THROTTLED'
}

/** The refusal, before anyone asks for the error. */
export class ThrottledRejection implements Rejection {
  readonly code = 'THROTTLED'
  readonly policy: string
  readonly retryAfterMs: undefined
  readonly #facts: ThrottledFacts

  constructor(facts: ThrottledFacts) {
    this.policy = facts.policy
    this.retryAfterMs = undefined
    this.#facts = facts
  }

  toError(): ThrottledError {
    return new ThrottledError(this.#facts)
  }
}
