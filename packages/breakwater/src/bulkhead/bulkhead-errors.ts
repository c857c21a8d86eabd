import { FactsRejection } from '../faults/facts-rejection.ts'
import { isResilienceError } from '../faults/is-resilience-error.ts'
import { ResilienceError } from '../faults/resilience-error.ts'
import type { Rejection } from '../pipeline/rejection.ts'

/**
 * Why a bulkhead refused: `full` on arrival; `waited` for longer than `maxWaitMs`; `delayed`: dropped from a standing
 * queue; `displaced` from a full queue by a call with the better right; `shed`: of low criticality during a breach.
 */
export type BulkheadRefusal = 'full' | 'waited' | 'delayed' | 'displaced' | 'shed'

/** The facts of a {@link BulkheadFullError}. */
export interface BulkheadFullFacts {
  readonly policy: string
  readonly limit: number
  /** Calls that wait. */
  readonly queued: number
  readonly reason: BulkheadRefusal
  /** How long the call had waited itself. */
  readonly waitedMs: number
}

/** A bulkhead had no free slot, and no place in its queue or not for long enough. */
export class BulkheadFullError extends ResilienceError {
  declare readonly policy: string
  declare readonly limit: number
  /** Calls that waited already. */
  declare readonly queued: number
  declare readonly reason: BulkheadRefusal
  /** How long this call had waited, milliseconds. */
  declare readonly waitedMs: number

  constructor(facts: BulkheadFullFacts) {
    super(messageOf(facts), { code: 'BULKHEAD_FULL' })
    this.name = 'BulkheadFullError'
    Object.assign(this, facts)
  }
}

/** Whether a value is a {@link BulkheadFullError} of this library, of whatever copy. */
export function isBulkheadFullError(value: unknown): value is BulkheadFullError {
  return isResilienceError(value) && value.code === 'BULKHEAD_FULL'
}

/** The refusal on arrival, before anyone asks for the error. */
export class BulkheadRejection implements Rejection {
  readonly code = 'BULKHEAD_FULL'
  readonly policy: string
  readonly retryAfterMs: undefined
  readonly #limit: number
  readonly #queued: number

  constructor(policy: string, limit: number, queued: number) {
    this.policy = policy
    this.retryAfterMs = undefined
    this.#limit = limit
    this.#queued = queued
  }

  toError(): BulkheadFullError {
    const [limit, queued] = [this.#limit, this.#queued]
    return new BulkheadFullError({ policy: this.policy, limit, queued, reason: 'full', waitedMs: 0 })
  }
}

/** The refusal of a call for any other reason. */
export class BulkheadDropRejection extends FactsRejection<BulkheadFullFacts> {
  constructor(facts: BulkheadFullFacts) {
    super('BULKHEAD_FULL', facts, BulkheadFullError)
  }
}

function messageOf({ policy, limit, queued, reason, waitedMs }: BulkheadFullFacts): string {
  if (reason === 'shed')
    return `Bulkhead '${policy}' sheds calls of low criticality as its slots do not come back`
  const waiting = queued === 0 ? '' : ` and ${queued} more wait`
  const state = `Bulkhead '${policy}' is full: ${limit} calls run${waiting}`
  if (reason === 'displaced') return `${state}; a call with the better right took this one's place`
  return reason === 'full' ? state : `${state}; this call waited for ${Math.round(waitedMs)} ms`
}
