import type { CircuitControls, CircuitPermit } from '../circuit-breaker/circuit-breaker-api.ts'
import type { CircuitEvent } from '../circuit-breaker/circuit-breaker-events.ts'
import type { RunOptions, Work } from '../pipeline/call-context.ts'
import type { Policy } from '../pipeline/policy.ts'
import type { BreakerFacts, OverrideMode } from '../protocol/policy-facts.ts'
import type { CircuitKeyEvent } from './keyed-breaker-events.ts'
import type { KeyedBreakerSnapshot } from './keyed-breaker-snapshot.ts'

/** A breaker for each key, as `keyedCircuitBreaker` makes it. */
export interface KeyedCircuitBreaker extends Policy {
  readonly kind: 'circuit-breaker'
  /** Keys that are kept now. */
  readonly keys: number
  /** Keys that are not simply closed. */
  readonly keysInTrouble: number
  /** What a person ordered for all keys. */
  readonly override: OverrideMode
  /** Calls that were let through, ever, of all keys. */
  readonly admitted: number
  /** Calls that were refused, ever, of all keys. */
  readonly rejected: number
  /** Calls that succeeded, ever, of all keys: those that were let through, and those that a key's breaker was told of. */
  readonly succeeded: number
  /** The same for failures that count. */
  readonly failed: number
  /** Runs work if the circuit of `options.key` lets it through. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T>
  /** Admission by hand, or undefined when the key's circuit refuses. */
  tryAcquire(key?: string): CircuitPermit | undefined
  /**
   * The breaker of a key, made if need be. Not to be kept: a closed one that is not used leaves the registry.
   *
   * @throws {CircuitOpenError} when there is no room and `onFull` is 'reject'
   */
  at(key: string): CircuitControls
  /** The breaker of a key, if there is one. */
  peek(key: string): CircuitControls | undefined
  /**
   * Takes all keys over, or gives them back with `automatic`; their own states wait meanwhile.
   *
   * @throws {RangeError} when there is no such mode
   */
  setOverride(mode: OverrideMode, reason?: string): void
  /** All keys as one: the worst state, and the names of a few in trouble. */
  facts(): BreakerFacts
  /** The keys that are not simply closed, as plain data. */
  snapshot(): KeyedBreakerSnapshot
  /** Subscribes to the events of all circuits, each with its `key`; the result unsubscribes. */
  on(listener: (event: CircuitEvent) => void): () => void
  /** Subscribes to what becomes of keys; the result unsubscribes. */
  onKeyEvent(listener: (event: CircuitKeyEvent) => void): () => void
}
