import type { Random } from '../random/random.ts'
import type { BehaviorCall, ChaosCall } from './chaos-call.ts'
import type { FaultScope } from './fault-scope.ts'

/** The types of fault that there are. */
export type ChaosType = 'fault' | 'latency' | 'outcome' | 'behavior'

/** What a fault does to a call that it hits. */
export type Effect =
  | { readonly does: 'fail'; readonly error: unknown }
  | { readonly does: 'answer'; readonly value: unknown }
  | { readonly does: 'wait'; readonly ms: number }
  | { readonly does: 'run'; readonly run: (call: BehaviorCall) => unknown }

declare const resultType: unique symbol

/**
 * One way to harm calls: what it does, and which calls it may hit. `Result` is what it may answer with instead of the work.
 *
 *     call ─▶ fault 1 ─▶ fault 2 ─▶ … ─▶ work         each draws for itself, in this order
 *               │ wait, run: goes on ─▶
 *               └ fail, answer: ends here, the work does not run
 */
export interface ChaosFault<Result = never> {
  readonly type: ChaosType
  readonly name: string
  readonly scope: FaultScope
  /** What happens to this call. What it throws, the call fails with. */
  readonly effectOn: (call: ChaosCall, random: Random) => Effect
  /** Exists in types only. */
  readonly [resultType]?: Result
}

/** What the faults of a list may answer with. */
export type AnswerOf<Faults extends readonly unknown[]> = Faults[number] extends infer Fault
  ? Fault extends ChaosFault<infer Result>
    ? Result
    : never
  : never
