import fc from 'fast-check'
import type { QueueOrder } from '../../src/bulkhead/bulkhead-options.ts'
import type { RateAlgorithm } from '../../src/rate-limiter/rate-limiter-options.ts'
import type { StrategyName } from '../../src/balancer/strategies/strategies.ts'

/** Which budget retries and hedges of one scenario share, if they do. */
export type BudgetPlan = 'none' | 'ratio' | 'tokens'

/** How something of the user's ends, at once or after `ms`. */
export interface AnswerPlan {
  readonly how: 'value' | 'throw' | 'resolve' | 'reject'
  readonly ms: number
}

/** What one policy may look like, by the name of its plan. */
interface PlanFields {
  probe: object
  fallback: AnswerPlan
  timeout: { ms: number; flavour: 'ms' | 'totalMs' | 'tracked' | 'adaptive' | 'propagated' }
  retry: {
    maxRetries: number
    delayMs: number
    budget: BudgetPlan
    flavour: RetryFlavour
    refresh: AnswerPlan
  }
  hedge: { maxHedges: number; delay: number | 'percentile'; budget: BudgetPlan; onFailure: boolean }
  coalescing: { isShared: boolean }
  cache: { ttlMs: number; staleMs: number; isShared: boolean }
  breaker: { failures: number; halfOpenLimit: number; window: 'in-a-row' | 'calls' | 'time'; ramps: boolean }
  keyedBreaker: { failures: number; maxKeys: number; onFull: 'reject' | 'overflow-key' }
  bulkhead: {
    limit: number
    queue: number
    order: QueueOrder
    maxWaitMs: number
    hasTiers: boolean
    hasBreach: boolean
  }
  rateLimiter: { algorithm: RateAlgorithm; limit: number; queue: number; maxWaitMs: number; maxKeys: number }
  concurrencyLimiter: {
    algorithm: 'aimd' | 'vegas' | 'gradient2'
    limit: number
    queue: number
    order: 'fifo' | 'lifo'
    maxWaitMs: number
    hasShares: boolean
  }
  throttle: { k: number }
  balancer: { endpoints: number; strategy: StrategyName; discovery: AnswerPlan | undefined }
  chaos: { rate: number; faults: readonly ChaosPlan[] }
}

/** What else a retry goes by. */
export type RetryFlavour = 'plain' | 'rule' | 'refresh' | 'rejections' | 'total' | 'recovery'

/** One fault of a chaos policy; the plan says how it ends where that depends. */
export type ChaosPlan = { readonly type: 'fault' | 'latency' | 'outcome' | 'behavior' } & AnswerPlan

type PlanOfKind<Kind extends keyof PlanFields> = { readonly kind: Kind } & Readonly<PlanFields[Kind]>

/** One policy of a random pipeline. */
export type LayerPlan = { [Kind in keyof PlanFields]: PlanOfKind<Kind> }[keyof PlanFields]

/** The plan of one kind of policy. */
export type PlanOf<Kind extends keyof PlanFields> = PlanOfKind<Kind>

const of = fc.constantFrom
const answer: fc.Arbitrary<AnswerPlan> = fc.record({
  how: of('value', 'throw', 'resolve', 'reject'),
  ms: of(0, 15, 200),
})
const budget: fc.Arbitrary<BudgetPlan> = of('none', 'none', 'ratio', 'tokens')
const flag = fc.boolean()

const fields: { readonly [Kind in keyof PlanFields]: fc.Arbitrary<PlanFields[Kind]> } = {
  probe: fc.constant({}),
  fallback: answer,
  timeout: fc.record({
    ms: of(5, 20, 70),
    flavour: of('ms', 'totalMs', 'tracked', 'adaptive', 'propagated'),
  }),
  retry: fc.record({
    maxRetries: fc.integer({ min: 0, max: 3 }),
    delayMs: of(0, 12),
    budget,
    flavour: of('plain', 'plain', 'rule', 'refresh', 'rejections', 'total', 'recovery'),
    refresh: answer,
  }),
  hedge: fc.record({
    maxHedges: fc.integer({ min: 1, max: 3 }),
    delay: of<(number | 'percentile')[]>(0, 8, 'percentile'),
    budget,
    onFailure: flag,
  }),
  coalescing: fc.record({ isShared: flag }),
  cache: fc.record({ ttlMs: of(0, 4, 30), staleMs: of(0, 25), isShared: flag }),
  breaker: fc.record({
    failures: of(2, 5, 1000),
    halfOpenLimit: fc.integer({ min: 1, max: 2 }),
    window: of('in-a-row', 'calls', 'time'),
    ramps: flag,
  }),
  keyedBreaker: fc.record({
    failures: of(2, 5),
    maxKeys: of(1, 2, 100),
    onFull: of('reject', 'overflow-key'),
  }),
  bulkhead: fc.record({
    limit: of(1, 3, 40),
    queue: of(0, 2, 50),
    order: of<QueueOrder[]>('fifo', 'lifo', 'codel', 'criticality'),
    maxWaitMs: of(Infinity, Infinity, 7, 30),
    hasTiers: flag,
    hasBreach: flag,
  }),
  rateLimiter: fc.record({
    algorithm: of<RateAlgorithm[]>('token-bucket', 'gcra', 'sliding-window'),
    limit: of(1, 4, 100),
    queue: of(0, 2, 50),
    maxWaitMs: of(6, 40, 500),
    maxKeys: of(1, 2, 100),
  }),
  concurrencyLimiter: fc.record({
    algorithm: of('aimd', 'vegas', 'gradient2'),
    limit: of(1, 3, 20),
    queue: of(0, 2, 50),
    order: of('fifo', 'lifo'),
    maxWaitMs: of(6, 40, 500),
    hasShares: flag,
  }),
  throttle: fc.record({ k: of(1.1, 2) }),
  balancer: fc.record({
    endpoints: of(0, 1, 3),
    strategy: of<StrategyName[]>('p2c', 'least-loaded', 'round-robin', 'weighted'),
    discovery: fc.option(answer, { nil: undefined }),
  }),
  chaos: fc.record({
    rate: of(0.1, 0.5, 1),
    faults: fc.array(
      fc.record({
        type: of('fault', 'latency', 'outcome', 'behavior'),
        how: of('value', 'throw', 'resolve', 'reject'),
        ms: of(0, 6, 40),
      }),
      { maxLength: 3 },
    ),
  }),
}

function planOf<Kind extends keyof PlanFields>(kind: Kind): fc.Arbitrary<LayerPlan> {
  return fields[kind].map((own) => ({ kind, ...own }) as LayerPlan)
}

/** Any policy but the probe. */
export const anyLayer: fc.Arbitrary<LayerPlan> = fc.oneof(
  ...(Object.keys(fields) as (keyof PlanFields)[])
    .filter((kind) => kind !== 'probe')
    .map((kind) => planOf(kind)),
)
