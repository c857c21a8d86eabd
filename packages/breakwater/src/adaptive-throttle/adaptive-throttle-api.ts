import type { Criticality, RunOptions, Work } from '../pipeline/call-context.ts'
import type { Policy } from '../pipeline/policy.ts'
import type { ThrottleEvent } from './adaptive-throttle-events.ts'

/** Admission to one call, taken by hand. It is ended once; later ends are ignored. */
export interface ThrottlePermit {
  /** The dependency took the call, whatever it answered. */
  accept(): void
  /** It did not. */
  reject(): void
  /** The call says nothing about the dependency. */
  ignore(): void
}

/** Client-side throttling, as `adaptiveThrottle` makes it. */
export interface AdaptiveThrottle extends Policy {
  readonly kind: 'adaptive-throttle'
  /** The share of all calls that is to be shed now, 0–1. */
  readonly ratio: number
  /** Calls that were let through, ever. */
  readonly admitted: number
  /** Calls that were shed, ever. */
  readonly rejected: number
  /** The share of the calls of one criticality that is to be shed now, 0–1. */
  ratioOf(criticality: Criticality): number
  /** Runs work unless it is shed. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T>
  /** Admission by hand, or undefined when the call is shed. */
  tryAcquire(criticality?: Criticality): ThrottlePermit | undefined
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: ThrottleEvent) => void): () => void
}
