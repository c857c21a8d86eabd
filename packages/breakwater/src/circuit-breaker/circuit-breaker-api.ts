import type { RunOptions, Work } from '../pipeline/call-context.ts'
import type { Policy } from '../pipeline/policy.ts'
import type { BreakerFacts, BreakerState, OverrideMode } from '../protocol/policy-facts.ts'
import type { CircuitEvent } from './circuit-breaker-events.ts'

/** Admission to one call, taken by hand. It is ended once; later ends are ignored, as are outcomes of an older state. */
export interface CircuitPermit {
  /** The call succeeded. */
  succeed(): void
  /** The call failed; errors that `isFailure` excludes count as {@link CircuitPermit.ignore}. */
  fail(error: unknown): void
  /** The call says nothing about the dependency. */
  ignore(): void
}

/** A circuit breaker, as `circuitBreaker` makes it. */
export interface CircuitBreaker extends Policy {
  readonly kind: 'circuit-breaker'
  /** Its own state; an open circuit whose time is over says `half-open`. Overrides are in {@link CircuitBreaker.override}. */
  readonly state: BreakerState
  /** What a person ordered; `automatic` when nobody did. */
  readonly override: OverrideMode
  /** Calls that were let through, ever. */
  readonly admitted: number
  /** Calls that were refused, ever. */
  readonly rejected: number
  /** Runs work if the circuit lets it through. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T>
  /** Admission by hand, or undefined when the circuit refuses. */
  tryAcquire(): CircuitPermit | undefined
  /**
   * Takes the breaker over, or gives it back with `automatic`; its own state waits meanwhile.
   *
   * @throws {RangeError} when there is no such mode
   */
  setOverride(mode: OverrideMode, reason?: string): void
  /** How it stands and why. Times are epoch milliseconds. */
  facts(): BreakerFacts
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: CircuitEvent) => void): () => void
}
