export { type BudgetEvent, type BudgetExhausted, type BudgetRecovered } from './budget/budget-events.ts'
export { retryBudget, type RetryBudget } from './budget/retry-budget.ts'
export { retryBudgetDefaults, type RetryBudgetOptions } from './budget/retry-budget-options.ts'
export { tokenBudget, type TokenBudget } from './budget/token-budget.ts'
export { tokenBudgetDefaults, type TokenBudgetOptions } from './budget/token-budget-options.ts'
export { bulkhead } from './bulkhead/bulkhead.ts'
export { type Bulkhead, type BulkheadPermit, type TierState } from './bulkhead/bulkhead-api.ts'
export { type Breach, type BreachMitigation, type BreachReason } from './bulkhead/breach.ts'
export { breachDefaults, type BreachOptions, type ResolvedBreachOptions } from './bulkhead/breach-options.ts'
export { type BulkheadDiagnosis, type WaitPercentiles } from './bulkhead/bulkhead-diagnosis.ts'
export {
  BulkheadFullError,
  type BulkheadFullFacts,
  type BulkheadRefusal,
  isBulkheadFullError,
} from './bulkhead/bulkhead-errors.ts'
export {
  type BulkheadBreached,
  type BulkheadBreachEnded,
  type BulkheadBreachEvent,
  type BulkheadEvent,
  type BulkheadSaturated,
} from './bulkhead/bulkhead-events.ts'
export {
  bulkheadDefaults,
  type BulkheadOptions,
  type QueueOrder,
  type TieredCall,
} from './bulkhead/bulkhead-options.ts'
export { circuitBreaker } from './circuit-breaker/circuit-breaker.ts'
export { breakerPreset, breakerProfile, type PresetServices } from './circuit-breaker/breaker-preset.ts'
export { type BreakerProfile } from './circuit-breaker/breaker-profiles.ts'
export { type BreakerDiagnosis, type DiagnosedFailure } from './circuit-breaker/breaker-diagnosis.ts'
export { type BreakerSnapshot } from './circuit-breaker/breaker-snapshot.ts'
export {
  type CircuitBreaker,
  type CircuitControls,
  type CircuitPermit,
} from './circuit-breaker/circuit-breaker-api.ts'
export { CircuitOpenError, isCircuitOpenError } from './circuit-breaker/circuit-breaker-errors.ts'
export {
  type CircuitClosed,
  type CircuitEvent,
  type CircuitEventBase,
  type CircuitHalfOpened,
  type CircuitOpened,
  type CircuitOverridden,
} from './circuit-breaker/circuit-breaker-events.ts'
export {
  type CircuitBreakerDefaults,
  circuitBreakerDefaults,
  type CircuitBreakerOptions,
  rampDefaults,
  type RampOptions,
} from './circuit-breaker/circuit-breaker-options.ts'
export { type DependencyHealth, type HealthProbe } from './circuit-breaker/dependency-health.ts'
export { type OpenTime, type OpenTimes } from './circuit-breaker/open-time.ts'
export { type Isolation } from './circuit-breaker/standing-order.ts'
export { type Clock, type Timer, type TimerOptions } from './clock/clock.ts'
export { type Deadline, type DeadlineOwner, type DeadlineTarget } from './clock/deadline.ts'
export { type DeadlineHost, type DeadlineList } from './clock/deadline-list.ts'
export { systemClock } from './clock/system-clock.ts'
export { type Failure } from './fallback/failure.ts'
export {
  type FallbackHandler,
  type FallbackOptions,
  type FallbackSource,
  type FallbackStep,
} from './fallback/fallback-options.ts'
export { fallback, type Fallback } from './fallback/fallback.ts'
export { type FallbackEvent, type FallbackFailed, type FallbackUsed } from './fallback/fallback-events.ts'
export { isResilienceError, ResilienceError, type ResilienceErrorOptions } from './faults/resilience-error.ts'
export { type CallContext, type Criticality, type RunOptions, type Work } from './pipeline/call-context.ts'
export { type CallObserver, type ObservedCall, type SparedBy } from './pipeline/call-observer.ts'
export {
  type FailureOutcome,
  type Outcome,
  type OutcomeKind,
  type SuccessOutcome,
} from './pipeline/outcome.ts'
export { type Pipeline, pipeline, type PipelineOptions } from './pipeline/pipeline.ts'
export { type Policy, type ResultOf } from './pipeline/policy.ts'
export { type OrderWarning, reviewOrder, type ReviewOptions } from './pipeline/review-order.ts'
export { type Rejection } from './pipeline/rejection.ts'
export { type Random } from './random/random.ts'
export { systemRandom } from './random/system-random.ts'
export { authentication, authenticationDefaults, type AuthenticationOptions } from './retry/authentication.ts'
export {
  exponential,
  type ExponentialOptions,
  fixed,
  type FixedOptions,
  linear,
  type LinearOptions,
} from './retry/backoff.ts'
export { custom, type CustomBackoffOptions } from './retry/custom-backoff.ts'
export { decorrelated, type DecorrelatedOptions } from './retry/decorrelated-backoff.ts'
export { type ErrorMatcher } from './retry/error-matcher.ts'
export { fibonacci, type FibonacciOptions } from './retry/fibonacci-backoff.ts'
export { type Backoff, type Jitter } from './retry/jitter.ts'
export { rateLimiting, rateLimitingDefaults } from './retry/rate-limiting.ts'
export { retry, type Retry } from './retry/retry.ts'
export { type RetryHint, retryHint } from './retry/retry-after.ts'
export { type AddedAttempt, type RetryAllowance } from './retry/retry-allowance.ts'
export { retryByClassification } from './retry/retry-by-classification.ts'
export {
  type RetriesExhausted,
  type RetryBudgetExhausted,
  type RetryDeclined,
  type RetryEvent,
  type RetryHastened,
  type RetryPreparationFailed,
  type RetryScheduled,
  type RetryTimeExhausted,
} from './retry/retry-events.ts'
export { type RetriesByCriticality, type RetryLevel } from './retry/retry-limits.ts'
export {
  type RecoverySignal,
  retryDefaults,
  type RetryOptions,
  type RetryQuestion,
} from './retry/retry-options.ts'
export {
  type PreparationRequest,
  type RetryPreparation,
  type RetryRule,
  type RetryRuleOptions,
} from './retry/retry-rule.ts'
export { isRetryable, neverLeft } from './retry/retryable.ts'
export { type Refresh, type RefreshContext } from './retry/shared-refresh.ts'
export { transientErrors, transientErrorsDefaults } from './retry/transient-errors.ts'
export {
  adaptiveLimitDefaults,
  type AdaptiveLimitOptions,
  type ResolvedAdaptiveLimitOptions,
} from './timeout/adaptive-limit-options.ts'
export { type CallInFlight, type Timeout } from './timeout/timeout-api.ts'
export {
  CallCancelledError,
  DeadlineExceededError,
  isCallCancelledError,
  isDeadlineExceededError,
  isTimeoutError,
  type TimeoutBound,
  TimeoutError,
  type TimeoutFacts,
} from './timeout/timeout-errors.ts'
export { type CallTimedOut, type TimeoutOptions } from './timeout/timeout-options.ts'
export { timeout } from './timeout/timeout.ts'
export { createRuntime } from './runtime/runtime.ts'
export { type Runtime, type RuntimeSnapshot } from './runtime/runtime-api.ts'
export { type CollectedFacts } from './runtime/collected-facts.ts'
export { type CurrentTrace, type RuntimeOptions } from './runtime/runtime-options.ts'
export { type OperationCounts } from './metrics/operation-counts.ts'
export { type FaultOccurrence, type RecordedFault } from './faults/fault-recorder.ts'
export { classify } from './faults/classify.ts'
export { type Classification, type ClassificationRule } from './faults/classification.ts'
export { fingerprint, type Fingerprint } from './faults/fingerprint.ts'
export { serializeError } from './faults/serialize-error.ts'
export { deserializeError } from './faults/deserialize-error.ts'
export { createScrubber, type Scrubber } from './faults/scrub.ts'
export { type PolicyStats, type PolicySetup } from './pipeline/policy.ts'
export { hedge, type Hedge } from './hedge/hedge.ts'
export { type HedgeEvent, type HedgeRefused, type HedgeStarted, type HedgeWon } from './hedge/hedge-events.ts'
export {
  type HedgeAllowance,
  hedgeDefaults,
  type HedgeOptions,
  type PercentileDelay,
  percentileDelayDefaults,
} from './hedge/hedge-options.ts'
export { cache, type Cache } from './cache/cache.ts'
export { type CacheEvent, type RevalidationFailed, type StaleServed } from './cache/cache-events.ts'
export { type CachedCall, cacheDefaults, type CacheOptions } from './cache/cache-options.ts'
export { coalescing, type Coalescing } from './coalescing/coalescing.ts'
export { type CoalescingOptions, type KeyedCall } from './coalescing/coalescing-options.ts'
export { keyedCircuitBreaker } from './registry/keyed-circuit-breaker.ts'
export { type KeyedCircuitBreaker } from './registry/keyed-breaker-api.ts'
export {
  type CircuitKeyEvent,
  type CircuitKeyEvicted,
  type CircuitKeysExhausted,
} from './registry/keyed-breaker-events.ts'
export {
  keyedCircuitBreakerDefaults,
  type KeyedCircuitBreakerOptions,
  type KeyOptions,
} from './registry/keyed-breaker-options.ts'
export { type KeyedBreakerSnapshot } from './registry/keyed-breaker-snapshot.ts'
export { adaptiveThrottle } from './adaptive-throttle/adaptive-throttle.ts'
export { type AdaptiveThrottle, type ThrottlePermit } from './adaptive-throttle/adaptive-throttle-api.ts'
export {
  isThrottledError,
  ThrottledError,
  type ThrottledFacts,
} from './adaptive-throttle/adaptive-throttle-errors.ts'
export {
  type ThrottleEnded,
  type ThrottleEvent,
  type ThrottleStarted,
} from './adaptive-throttle/adaptive-throttle-events.ts'
export {
  adaptiveThrottleDefaults,
  type AdaptiveThrottleOptions,
  type AdaptiveThrottleSettings,
} from './adaptive-throttle/adaptive-throttle-options.ts'
export { aimd, aimdDefaults, type AimdOptions } from './concurrency-limiter/aimd.ts'
export { type ConcurrencyLimiter, type LimitPermit } from './concurrency-limiter/concurrency-limiter-api.ts'
export {
  isLimitExceededError,
  LimitExceededError,
  type LimitExceededFacts,
} from './concurrency-limiter/concurrency-limiter-errors.ts'
export {
  type ConcurrencyEvent,
  type LimitChanged,
  type LimitExceeded,
} from './concurrency-limiter/concurrency-limiter-events.ts'
export {
  concurrencyLimiterDefaults,
  type ConcurrencyLimiterOptions,
  type LimitShares,
} from './concurrency-limiter/concurrency-limiter-options.ts'
export { concurrencyLimiter } from './concurrency-limiter/concurrency-limiter.ts'
export { gradient2, gradient2Defaults, type Gradient2Options } from './concurrency-limiter/gradient2.ts'
export {
  type LimitAlgorithm,
  type LimitBounds,
  type LimitEstimator,
  type LimitSample,
  type SampleWindowOptions,
} from './concurrency-limiter/limit-algorithm.ts'
export { vegas, vegasDefaults, type VegasOptions } from './concurrency-limiter/vegas.ts'
export { rateLimiter } from './rate-limiter/rate-limiter.ts'
export { type RateLimiter, type RateLimitState } from './rate-limiter/rate-limiter-api.ts'
export { isRateLimitError, RateLimitError, type RateLimitFacts } from './rate-limiter/rate-limiter-errors.ts'
export {
  type RateLimitEvent,
  type RateLimitOverflowed,
  type RateLimitReached,
} from './rate-limiter/rate-limiter-events.ts'
export {
  type RateAlgorithm,
  type RatedCall,
  rateLimiterDefaults,
  type RateLimiterOptions,
  type RateLimiterSettings,
} from './rate-limiter/rate-limiter-options.ts'
export { balancer } from './balancer/balancer.ts'
export {
  type BalancedRunOptions,
  type Balancer,
  type EndpointPermit,
  type EndpointWork,
  type WrapOptions,
} from './balancer/balancer-api.ts'
export { isNoEndpointError, NoEndpointError } from './balancer/balancer-errors.ts'
export {
  type BalancerEvent,
  type DiscoveryFailed,
  type EndpointAdded,
  type EndpointEjected,
  type EndpointHealthChanged,
  type EndpointRemoved,
  type EndpointRestored,
  type EndpointsDropped,
  type FailoverEnded,
  type FailoverStarted,
  type PanicEnded,
  type PanicStarted,
} from './balancer/balancer-events.ts'
export { type BalancerFacts, type EndpointFacts, type PriorityFacts } from './balancer/balancer-facts.ts'
export { balancerDefaults, type BalancerOptions } from './balancer/balancer-options.ts'
export { type Endpoint, type EndpointFields, type EndpointStatus } from './balancer/endpoint.ts'
export {
  type FailureRatioRule,
  outlierEjectionDefaults,
  type OutlierEjectionOptions,
  type OutlierSettings,
  type SuccessRateRule,
} from './balancer/outlier-options.ts'
export { slowStartDefaults, type SlowStartOptions } from './balancer/slow-start.ts'
export { type StrategyName } from './balancer/strategies/strategies.ts'
export { chaos, type Chaos } from './chaos/chaos.ts'
export { type BehaviorCall, type ChaosCall } from './chaos/chaos-call.ts'
export { InjectedFaultError, isInjectedFaultError } from './chaos/chaos-errors.ts'
export { type ChaosEvent, type FaultInjected } from './chaos/chaos-events.ts'
export { type AnswerOf, type ChaosFault, type ChaosType, type Effect } from './chaos/chaos-fault.ts'
export { chaosDefaults, type ChaosOptions, type ChaosToggle } from './chaos/chaos-options.ts'
export { type FaultScope, type FaultScopeOptions } from './chaos/fault-scope.ts'
export { type ChaosSchedule, type ResolvedSchedule } from './chaos/schedule.ts'
export { behavior, type BehaviorOptions } from './chaos/faults/behavior.ts'
export { type ChaosFaultFields, chaosFaults } from './chaos/faults/chaos-faults.ts'
export { fault, type FaultOptions } from './chaos/faults/fault.ts'
export { latency, type LatencyOptions } from './chaos/faults/latency.ts'
export { outcome, type OutcomeOptions } from './chaos/faults/outcome.ts'
