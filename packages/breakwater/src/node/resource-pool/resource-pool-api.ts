import type { CloseOptions } from '../closing.ts'
import type { PolicyStats } from '../../pipeline/policy.ts'
import type { ResourcePoolEvent } from './resource-pool-events.ts'

/** A borrowed resource. It is given back once: what is done to the lease after that does nothing. */
export interface Lease<Resource> extends Disposable {
  readonly resource: Resource
  /** Whether it was given back, or taken away when the pool was closed. */
  readonly isOver: boolean
  /** Gives it back for others to use. */
  release(): void
  /** Gives it back as broken: it is destroyed, and replaced when needed. */
  destroy(): void
}

/** What may be said about one borrowing. */
export interface AcquireOptions {
  /** Ends the wait; `acquire` then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Who borrows, for the event of an overdue lease. @default '' */
  readonly label?: string
}

/** What {@link ResourcePool.heal} did. */
export interface HealReport {
  readonly checked: number
  readonly removed: number
  /** Of the removed, how many were replaced. */
  readonly replaced: number
}

/** Resources that are lent to one borrower at a time, as {@link resourcePool} makes it. */
export interface ResourcePool<Resource> extends AsyncDisposable {
  readonly kind: 'resource-pool'
  readonly name: string
  /** Resources there are: idle, borrowed, or being checked. */
  readonly size: number
  readonly idle: number
  readonly borrowed: number
  /** Borrowers that wait. */
  readonly waiting: number
  /** Borrows one; rejects with `ResourceUnavailableError`, or the signal's reason. */
  acquire(options?: AcquireOptions): Promise<Lease<Resource>>
  /** Borrows one for the time of `work`. An error of the work for which `isBroken` is true destroys it. */
  use<T>(work: (resource: Resource) => T | PromiseLike<T>, options?: AcquireOptions): Promise<T>
  /**
   * Checks every idle resource now, removes the broken and replaces them; what is borrowed is checked when it comes back. Forgets the
   * backoff of creation. For when a dependency has come back.
   */
  heal(): Promise<HealReport>
  /** Lends to nobody new, serves those who wait, and destroys everything as it comes back; resolves when all is gone. */
  close(options?: CloseOptions): Promise<void>
  /** For reports and snapshots; the gauges have the percentiles of all waits, those of 0 ms included. */
  stats(): PolicyStats
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: ResourcePoolEvent) => void): () => void
}
