import type { Criticality, RunOptions, Work } from '../pipeline/call-context.ts'
import type { Policy } from '../pipeline/policy.ts'
import type { ConcurrencyEvent } from './concurrency-limiter-events.ts'

/** A place that was taken by hand. It is given back once; later calls do nothing. */
export interface LimitPermit {
  /** The call is over, and how long it took counts. */
  succeed(): void
  /** The call was lost to overload: the limit goes down. */
  drop(): void
  /** The call says nothing about the dependency. */
  ignore(): void
}

/** A limit on how many calls run at once that finds itself, as `concurrencyLimiter` makes it. */
export interface ConcurrencyLimiter extends Policy {
  readonly kind: 'concurrency-limiter'
  /** How many may run at once, now. */
  readonly limit: number
  /** The limit never gets below. May be set, up to `maxLimit`: a limit below it rises at once. */
  minLimit: number
  /** The limit never gets above. May be set, down to `minLimit`: a limit above it falls at once, and stops no call. */
  maxLimit: number
  /** Calls whose work goes on, those included that their caller has given up on. */
  readonly active: number
  /** Calls that wait. */
  readonly queued: number
  /** Calls that were let in, ever. */
  readonly admitted: number
  /** Calls that were refused, ever. */
  readonly rejected: number
  /** Calls that counted as lost to overload, ever. Refusals never do. */
  readonly dropped: number
  /** Runs work in a place. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T>
  /** Takes a place now, or undefined when none is free or others wait. */
  tryAcquire(criticality?: Criticality): LimitPermit | undefined
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: ConcurrencyEvent) => void): () => void
}
