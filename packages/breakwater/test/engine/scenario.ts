import fc from 'fast-check'
import type { Criticality } from '../../src/pipeline/call-context.ts'
import { anyLayer, type LayerPlan } from './layer-plans.ts'

/** What one attempt of the work does. */
export interface WorkPlan {
  readonly kind: 'value' | 'throw' | 'resolve' | 'reject' | 'obey'
  /** When it settles; `obey` settles then at the latest, the others whether or not they are told to stop. */
  readonly ms: number
}

/** One call: when it starts, what its attempts do, when its caller aborts, and what it says of itself. */
export interface CallPlan {
  readonly startMs: number
  readonly attempts: readonly WorkPlan[]
  readonly abortMs: number | undefined
  readonly hasSignal: boolean
  readonly wantsOutcome: boolean
  readonly key: string | undefined
  readonly criticality: Criticality | undefined
  readonly idempotent: boolean | undefined
}

/** What user code does while the engine is on the stack: `turn` uses a policy's controls, `throw` breaks a rule. */
export type Meddling = 'nothing' | 'abort-own' | 'abort-other' | 'call' | 'turn' | 'throw'

/** A pipeline, the calls that go through it, and what user code does in between. */
export interface Scenario {
  readonly layers: readonly LayerPlan[]
  readonly calls: readonly CallPlan[]
  readonly meddlings: readonly Meddling[]
  readonly seed: number
}

const probe: LayerPlan = { kind: 'probe' }

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
  key: fc.constantFrom(undefined, 'red', 'blue'),
  criticality: fc.constantFrom<(Criticality | undefined)[]>(undefined, 'low', 'high', 'critical'),
  idempotent: fc.constantFrom(undefined, undefined, undefined, false),
})

const meddling: fc.Arbitrary<Meddling> = fc.constantFrom(
  ...(['nothing', 'nothing', 'nothing', 'abort-own', 'abort-other', 'call', 'turn', 'throw'] as const),
)

/** Pipelines of up to six policies in any order, with a probe at each place, and calls of which many overlap. */
export function scenarios(meddles: boolean): fc.Arbitrary<Scenario> {
  return fc.record({
    layers: fc
      .array(anyLayer, { maxLength: 6 })
      .map((layers) => [probe, ...layers.flatMap((own) => [own, probe])]),
    calls: fc.array(call, { minLength: 1, maxLength: 45 }),
    meddlings: meddles ? fc.array(meddling, { maxLength: 40 }) : fc.constant([]),
    seed: fc.integer(),
  })
}
