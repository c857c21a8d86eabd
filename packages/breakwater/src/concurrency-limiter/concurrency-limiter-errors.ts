import { isResilienceError, ResilienceError } from '../faults/resilience-error.ts'
import type { Criticality } from '../pipeline/call-context.ts'
import type { Rejection } from '../pipeline/rejection.ts'

/** What a refusal of a concurrency limiter says. */
export interface LimitExceededFacts {
  readonly policy: string
  /** The limit at that moment. */
  readonly limit: number
  /** Calls that ran. */
  readonly active: number
  /** Calls that waited. */
  readonly queued: number
  readonly criticality: Criticality
  /** How long this call had waited, milliseconds. */
  readonly waitedMs: number
}

/** As many calls ran as the dependency seems to bear, and there was no place to wait, or no end of it in time. */
export class LimitExceededError extends ResilienceError {
  readonly policy: string
  /** The limit at that moment. */
  readonly limit: number
  /** Calls that ran. */
  readonly active: number
  /** Calls that waited. */
  readonly queued: number
  readonly criticality: Criticality
  /** How long this call had waited, milliseconds. */
  readonly waitedMs: number

  constructor(facts: LimitExceededFacts) {
    const { policy, limit, active, queued, waitedMs } = facts
    const wait = waitedMs > 0 ? ` after a wait of ${Math.round(waitedMs)} ms` : ''
    const line = queued === 0 ? '' : ` and ${queued} more wait`
    super(`Concurrency limit of '${policy}' is reached${wait}: ${active} calls of ${limit} run${line}`, {
      code: 'CONCURRENCY_LIMITED',
    })
    this.name = 'LimitExceededError'
    this.policy = policy
    this.limit = limit
    this.active = active
    this.queued = queued
    this.criticality = facts.criticality
    this.waitedMs = waitedMs
  }
}

/** Whether a value is a {@link LimitExceededError} of this library, of whatever copy. */
export function isLimitExceededError(value: unknown): value is LimitExceededError {
  return isResilienceError(value) && value.code === 'CONCURRENCY_LIMITED'
}

/** The refusal, before anyone asks for the error. */
export class LimitExceededRejection implements Rejection {
  readonly code = 'CONCURRENCY_LIMITED'
  readonly policy: string
  readonly retryAfterMs: undefined
  readonly #facts: LimitExceededFacts

  constructor(facts: LimitExceededFacts) {
    this.policy = facts.policy
    this.retryAfterMs = undefined
    this.#facts = facts
  }

  toError(): LimitExceededError {
    return new LimitExceededError(this.#facts)
  }
}
