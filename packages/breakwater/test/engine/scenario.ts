import fc from 'fast-check'

/** One policy of a random pipeline. */
export type LayerPlan =
  | { readonly kind: 'probe' }
  | { readonly kind: 'fallback'; readonly how: 'value' | 'throw' | 'resolve' | 'reject'; readonly ms: number }
  | { readonly kind: 'timeout'; readonly ms: number; readonly scope: 'ms' | 'totalMs' }
  | { readonly kind: 'retry'; readonly maxRetries: number; readonly delayMs: number }
  | { readonly kind: 'hedge'; readonly maxHedges: number; readonly delay: number }
  | { readonly kind: 'coalescing' }
  | { readonly kind: 'cache'; readonly ttlMs: number; readonly staleMs: number }
  | { readonly kind: 'breaker'; readonly failures: number; readonly halfOpenLimit: number }
  | { readonly kind: 'bulkhead'; readonly limit: number; readonly queue: number }

/** What one attempt of the work does. */
export interface WorkPlan {
  readonly kind: 'value' | 'throw' | 'resolve' | 'reject' | 'obey'
  /** When it settles; `obey` settles then at the latest, the others whether or not they are told to stop. */
  readonly ms: number
}

/** One call: when it starts, what its attempts do, when its caller aborts. */
export interface CallPlan {
  readonly startMs: number
  readonly attempts: readonly WorkPlan[]
  readonly abortMs: number | undefined
  readonly hasSignal: boolean
  readonly wantsOutcome: boolean
}

/** What user code does to the engine while the engine is on the stack. */
export type Meddling = 'nothing' | 'abort-own' | 'abort-other' | 'call'

/** A pipeline, the calls that go through it, and what user code does in between. */
export interface Scenario {
  readonly layers: readonly LayerPlan[]
  readonly calls: readonly CallPlan[]
  readonly meddlings: readonly Meddling[]
}

const probe: LayerPlan = { kind: 'probe' }

const layer: fc.Arbitrary<LayerPlan> = fc.oneof(
  fc.record({
    kind: fc.constant('fallback' as const),
    how: fc.constantFrom('value', 'throw', 'resolve', 'reject'),
    ms: fc.constantFrom(0, 15, 200),
  }),
  fc.record({
    kind: fc.constant('timeout' as const),
    ms: fc.constantFrom(5, 20, 70),
    scope: fc.constantFrom('ms', 'totalMs'),
  }),
  fc.record({
    kind: fc.constant('retry' as const),
    maxRetries: fc.integer({ min: 0, max: 3 }),
    delayMs: fc.constantFrom(0, 12),
  }),
  fc.record({
    kind: fc.constant('hedge' as const),
    maxHedges: fc.integer({ min: 1, max: 3 }),
    delay: fc.constantFrom(0, 8),
  }),
  fc.constant({ kind: 'coalescing' as const }),
  fc.record({
    kind: fc.constant('cache' as const),
    ttlMs: fc.constantFrom(0, 4, 30),
    staleMs: fc.constantFrom(0, 25),
  }),
  fc.record({
    kind: fc.constant('breaker' as const),
    failures: fc.constantFrom(2, 5, 1000),
    halfOpenLimit: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constant('bulkhead' as const),
    limit: fc.constantFrom(1, 3, 40),
    queue: fc.constantFrom(0, 2, 50),
  }),
)

const work: fc.Arbitrary<WorkPlan> = fc.record({
  kind: fc.constantFrom('value', 'throw', 'resolve', 'reject', 'obey'),
  ms: fc.constantFrom(0, 3, 10, 30, 100),
})

const call: fc.Arbitrary<CallPlan> = fc.record({
  startMs: fc.constantFrom(0, 0, 1, 5, 20, 40, 80, 160),
  attempts: fc.array(work, { minLength: 1, maxLength: 4 }),
  abortMs: fc.option(fc.constantFrom(0, 1, 5, 12, 25, 60), { nil: undefined, freq: 4 }),
  hasSignal: fc.boolean(),
  wantsOutcome: fc.boolean(),
})

/** Pipelines of up to six policies in any order, with a probe at each place, and calls of which many overlap. */
export function scenarios(meddling: boolean): fc.Arbitrary<Scenario> {
  const meddlings: fc.Arbitrary<Meddling[]> = fc.array(
    fc.constantFrom('nothing', 'nothing', 'abort-own', 'abort-other', 'call'),
    { maxLength: 40 },
  )
  return fc.record({
    layers: fc
      .array(layer, { maxLength: 6 })
      .map((layers) => [probe, ...layers.flatMap((own) => [own, probe])]),
    calls: fc.array(call, { minLength: 1, maxLength: 45 }),
    meddlings: meddling ? meddlings : fc.constant([]),
  })
}
