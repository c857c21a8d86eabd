import type { RunOptions, Work } from '../pipeline/call-context.ts'
import type { Policy } from '../pipeline/policy.ts'
import type { Breach } from './breach.ts'
import type { BulkheadDiagnosis } from './bulkhead-diagnosis.ts'
import type { BulkheadBreachEvent, BulkheadEvent } from './bulkhead-events.ts'

/** A slot of a bulkhead that was taken by hand. `using` gives it back at the end of the block. */
export interface BulkheadPermit extends Disposable {
  /** Gives the slot back; a second time does nothing. */
  release(): void
}

/** What may be said about a slot that is asked for by hand. Its `signal` ends the wait, not the use of the slot. */
export interface SlotOptions extends RunOptions {
  /** How long it waits at most, milliseconds > 0; the bulkhead's own `maxWaitMs` holds as well. @default Infinity */
  readonly maxWaitMs?: number
}

/** How one tier stands. */
export interface TierState {
  readonly name: string
  readonly share: number
  /** Slots that its calls hold: more than its share when others lend. */
  readonly active: number
  readonly queued: number
}

/** A limit on how many calls run at once, as {@link bulkhead} makes it. */
export interface Bulkhead extends Policy {
  readonly kind: 'bulkhead'
  /** How many may run at once. Raising it lets waiting calls in; lowering it never stops a call. */
  limit: number
  /** How many may wait. */
  readonly queueLimit: number
  /** Calls whose work goes on, those included that their caller has given up on. */
  readonly active: number
  /** Slots held by work whose caller was let go: by a timeout, or because it aborted. */
  readonly abandoned: number
  /** Calls that wait. */
  readonly queued: number
  /** Calls that were let in, ever. */
  readonly admitted: number
  /** Calls that were refused, ever, those included that were dropped from the queue. */
  readonly rejected: number
  /** Of the refused, those that waited: for too long, in a standing queue, or until another took their place. */
  readonly dropped: number
  /** Each tier, in the order of declaration; empty without tiers. */
  readonly tiers: readonly TierState[]
  /** Runs work in a slot. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T>
  /**
   * Waits for a slot in the same line as the calls of `run`, and takes it: for work that is not one function, such as a
   * connection's life. Who lets the permit go without a release loses the slot for good.
   *
   * @throws `BulkheadFullError` as `run` does, with `waited` after `maxWaitMs`; the signal's reason when the caller aborts, also when
   * it already has; {@link RangeError} when `maxWaitMs` is out of range
   */
  acquire(options?: SlotOptions): Promise<BulkheadPermit>
  /** Takes a slot now, or undefined when none is free or others wait. */
  tryAcquire(options?: RunOptions): BulkheadPermit | undefined
  /** Whether work that should have ended holds slots; undefined when all is well, or without `breach`. */
  detectBreach(): Breach | undefined
  /** Whether it is large enough: recent utilisation, waits, refusals, and a limit that would fit. */
  diagnose(): BulkheadDiagnosis
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: BulkheadEvent) => void): () => void
  /** Subscribes to the begin and end of breaches; the result unsubscribes. */
  onBreach(listener: (event: BulkheadBreachEvent) => void): () => void
}
