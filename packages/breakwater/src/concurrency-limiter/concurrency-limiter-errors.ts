import { FactsRejection } from '../faults/facts-rejection.ts'
import { isResilienceError } from '../faults/is-resilience-error.ts'
import { ResilienceError } from '../faults/resilience-error.ts'
import type { Criticality } from '../pipeline/call-context.ts'

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
  declare readonly policy: string
  /** The limit at that moment. */
  declare readonly limit: number
  /** Calls that ran. */
  declare readonly active: number
  /** Calls that waited. */
  declare readonly queued: number
  declare readonly criticality: Criticality
  /** How long this call had waited, milliseconds. */
  declare readonly waitedMs: number

  constructor(facts: LimitExceededFacts) {
    const { policy, limit, active, queued, waitedMs } = facts
    const wait = waitedMs > 0 ? ` after a wait of ${Math.round(waitedMs)} ms` : ''
    const line = queued === 0 ? '' : ` and ${queued} more wait`
    super(`Concurrency limit of '${policy}' is reached${wait}: ${active} calls of ${limit} run${line}`, {
      code: 'CONCURRENCY_LIMITED',
    })
    this.name = 'LimitExceededError'
    Object.assign(this, facts)
  }
}

/** Whether a value is a {@link LimitExceededError} of this library, of whatever copy. */
export function isLimitExceededError(value: unknown): value is LimitExceededError {
  return isResilienceError(value) && value.code === 'CONCURRENCY_LIMITED'
}

/** The refusal, before anyone asks for the error. */
export class LimitExceededRejection extends FactsRejection<LimitExceededFacts> {
  constructor(facts: LimitExceededFacts) {
    super('CONCURRENCY_LIMITED', facts, LimitExceededError)
  }
}
