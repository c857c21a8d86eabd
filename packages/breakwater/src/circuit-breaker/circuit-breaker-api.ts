import type { RunOptions, Work } from '../pipeline/call-context.ts'
import type { Policy } from '../pipeline/policy.ts'
import type { BreakerFacts, BreakerState, OverrideMode } from '../protocol/policy-facts.ts'
import type { BreakerDiagnosis } from './breaker-diagnosis.ts'
import type { BreakerSnapshot } from './breaker-snapshot.ts'
import type { CircuitEvent } from './circuit-breaker-events.ts'
import type { Isolation } from './standing-order.ts'

/** Admission to one call, taken by hand. It is ended once; later ends are ignored, as are outcomes of an older state. */
export interface CircuitPermit {
  /** The call succeeded. */
  succeed(): void
  /** The call failed; errors that `isFailure` excludes count as {@link CircuitPermit.ignore}. */
  fail(error: unknown): void
  /** The call says nothing about the dependency. */
  ignore(): void
}

/** What can be asked of a breaker, and done to it, apart from calls. */
export interface CircuitControls {
  /** Its own state; an open circuit whose time is over says `half-open`. Overrides are in {@link CircuitControls.override}. */
  readonly state: BreakerState
  /** The share of calls that is let in: 1 when closed, less while load comes back, 0 otherwise. */
  readonly admittedShare: number
  /** What a person ordered; `automatic` when nobody did, `forced-open` also while it is isolated. */
  readonly override: OverrideMode
  /** A hold that is on it, if any: also one that came with a snapshot, so that whoever restored it can release it. */
  readonly isolation: Isolation | undefined
  /** Calls that were let through, ever. */
  readonly admitted: number
  /** Calls that were refused, ever. */
  readonly rejected: number
  /** Calls that succeeded, ever: those that it let through, whatever its state is by then, and those that it was told of. */
  readonly succeeded: number
  /** The same for failures that count; slow calls that succeeded are none. */
  readonly failed: number
  /** Whether a call now would be refused, as far as can be told without making it. */
  isOpen(): boolean
  /**
   * Takes the breaker over, or gives it back with `automatic`; its own state waits meanwhile.
   *
   * @throws {RangeError} when there is no such mode
   */
  setOverride(mode: OverrideMode, reason?: string): void
  /** Refuses all calls until the hold is released; several holds add up, and no override opens a way past them. */
  isolate(reason?: string): Isolation
  /** Closes it and forgets what it counted; overrides and holds stay. */
  reset(): void
  /**
   * Counts a success of a call that it did not admit; while half-open as a trial's, while open only in `succeeded`.
   *
   * @param durationMs how long it took, where slow calls count
   */
  recordSuccess(durationMs?: number): void
  /** The same for a failure. */
  recordFailure(error: unknown, durationMs?: number): void
  /** The dependency is said to be back: an open circuit tries at the next call instead of at its time. */
  dependencyHealthy(): void
  /** The dependency is said to be down: an open circuit waits one more open time, up to `maxOpenMs` after it opened. */
  dependencyUnhealthy(): void
  /** How it stands and why. Times are epoch milliseconds. */
  facts(): BreakerFacts
  /** Why it stands so, what ends that, and what to look at. */
  diagnose(): BreakerDiagnosis
  /** All that it knows, as plain data: for the option `restore` of the next process. */
  snapshot(): BreakerSnapshot
}

/** A circuit breaker, as `circuitBreaker` makes it. */
export interface CircuitBreaker extends Policy, CircuitControls {
  readonly kind: 'circuit-breaker'
  /** Runs work if the circuit lets it through. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T>
  /** Admission by hand, or undefined when the circuit refuses. */
  tryAcquire(): CircuitPermit | undefined
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: CircuitEvent) => void): () => void
}
