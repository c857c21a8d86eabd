import type { RetryBudget } from '../budget/retry-budget.ts'
import type { RetryBudgetOptions } from '../budget/retry-budget-options.ts'
import type { Bulkhead } from '../bulkhead/bulkhead-api.ts'
import type { BulkheadOptions } from '../bulkhead/bulkhead-options.ts'
import type { CircuitBreaker } from '../circuit-breaker/circuit-breaker-api.ts'
import type { CircuitBreakerOptions } from '../circuit-breaker/circuit-breaker-options.ts'
import type { FaultOccurrence, RecordedFault } from '../faults/fault-recorder.ts'
import type { OperationTotals } from '../metrics/operation-counts.ts'
import type { Pipeline, PipelineOptions } from '../pipeline/pipeline.ts'
import type { Policy, ResultOf } from '../pipeline/policy.ts'
import type { ControlState, EventFacts, InstanceIdentity, PolicyFacts } from '../protocol/index.ts'
import type { KeyedCircuitBreaker } from '../registry/keyed-breaker-api.ts'
import type { KeyedCircuitBreakerOptions } from '../registry/keyed-breaker-options.ts'
import type { CollectedFacts } from './collected-facts.ts'
import type { OperationTimeout } from './operation-timeouts.ts'

/** What a runtime holds, all since its start. */
export interface RuntimeSnapshot {
  readonly identity: InstanceIdentity
  readonly operations: Readonly<Record<string, OperationTotals>>
  readonly policies: readonly PolicyFacts[]
  readonly dropped: DroppedMetrics
}

/** What the limits of a runtime leave without metrics of its own. */
export interface DroppedMetrics {
  /** Pipelines of further operations when there are 999: their calls are counted together as `(other)`. */
  readonly operations: number
  /** Policies beyond 2,000, each time that one is given to a pipeline or made by name: they work and nobody sees them. */
  readonly policies: number
}

/** What a runtime wants to know of a pipeline: what it sets itself is left out. */
export type ObservedOptions<Policies extends readonly Policy<unknown>[]> = Omit<
  PipelineOptions<Policies>,
  'observer' | 'onPoliciesSet'
> & { readonly operation: string }

/** One service's policies, metrics, faults and events, bound together. */
export interface Runtime {
  readonly identity: InstanceIdentity
  /** As `pipeline()`, and counted: its calls, their latency, their faults, its policies. `operation` is needed. */
  pipeline<const Policies extends readonly Policy<unknown>[]>(
    options: ObservedOptions<Policies>,
  ): Pipeline<ResultOf<Policies>>
  /**
   * The breaker of this name: made at the first call, whose options hold. That a later call wants others is an event,
   * `OptionsIgnored`, once for each name; so it is for what is made by name below.
   */
  circuitBreaker(name: string, options?: Omit<CircuitBreakerOptions, 'name'>): CircuitBreaker
  /** The keyed breaker of this name: made at the first call, whose options hold. */
  keyedCircuitBreaker(name: string, options?: Omit<KeyedCircuitBreakerOptions, 'name'>): KeyedCircuitBreaker
  /** The bulkhead of this name: made at the first call, whose options hold. */
  bulkhead(name: string, options?: Omit<BulkheadOptions, 'name'>): Bulkhead
  /** The retry budget of this name: made at the first call, whose options hold. */
  retryBudget(name: string, options?: Omit<RetryBudgetOptions, 'name'>): RetryBudget
  /**
   * The limits on the time of an operation's calls, outermost first: those of the pipeline of that name which was made or
   * changed last. Empty when it has no timeout, and for a name that no pipeline has.
   */
  timeoutsOf(operation: string): readonly OperationTimeout[]
  /** Records an error that no pipeline saw; undefined for an abort, which is no fault. Never throws. */
  recordFault(error: unknown, occurrence?: FaultOccurrence): RecordedFault | undefined
  /** Records an event for the next report. */
  recordEvent(event: EventFacts): void
  /** Everything counted since the start. Takes nothing from who collects. */
  snapshot(): RuntimeSnapshot
  /** For a reporter: takes out what was counted since the call before. */
  collect(): CollectedFacts
  /** For a reporter: something happened that should be known at once. */
  onUrgent(listener: () => void): () => void
  /** For a reporter: a person's orders to the breakers. */
  applyControl(state: ControlState): void
}
