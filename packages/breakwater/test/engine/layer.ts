import type { RetryBudget } from '../../src/budget/retry-budget.ts'
import type { TokenBudget } from '../../src/budget/token-budget.ts'
import type { Policy } from '../../src/pipeline/policy.ts'
import type { Random } from '../../src/random/random.ts'
import type { FakeClock } from '../../src/testing/fake-clock.ts'
import type { AnswerPlan, BudgetPlan } from './layer-plans.ts'

/** What the policies of a random pipeline need of the world around them. */
export interface LayerWorld {
  readonly clock: FakeClock
  readonly random: Random
  complain(what: string): void
  /** User code is on the stack, for the call `own` if that is known; a rule may also throw here. */
  meddle(own?: number): void
  /** The same for code that must not throw here. */
  meddleQuietly(own?: number): void
  /** An outcome that only the call with this id, and those that share with it, may have. */
  owned<T>(id: number, outcome: T): T
  /** A value unlike all others that only the call with this id, and those that share with it, may have. */
  valueFor(id: number, text: string): string
  /** An error that any call may end with. */
  anyones(error: Error): Error
  /** What something of the user's gives, by plan. */
  answerBy<T>(plan: AnswerPlan, value: T, error: unknown): T | Promise<T>
  /** Under which key calls with these arguments are known. */
  keyOf(args: readonly unknown[], isShared: boolean): string
  /** The option `budget`, where there is one. */
  budget(plan: BudgetPlan): { readonly budget?: RetryBudget | TokenBudget }
}

/** A policy of a random pipeline, with all that the world knows of its kind. */
export interface Layer {
  readonly policy: Policy<unknown>
  /** Codes of the errors of ours that it may end a call with. */
  readonly codes: readonly string[]
  /** How many it has let in, where it counts that: as many as got further in. */
  readonly admitted?: () => number
  /** What is left that should not be, when all calls are over. */
  readonly leftovers?: () => readonly (string | false)[]
  /** Something that an operator may do to it at any time. */
  readonly turn?: (step: number) => void
}
