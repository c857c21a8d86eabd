import { retryBudget, type RetryBudget } from '../../src/budget/retry-budget.ts'
import { tokenBudget, type TokenBudget } from '../../src/budget/token-budget.ts'
import type { Random } from '../../src/random/random.ts'
import { seededRandom } from '../../src/random/seeded-random.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import type { LayerWorld } from './layer.ts'
import type { AnswerPlan, BudgetPlan } from './layer-plans.ts'
import type { Meddling, Scenario } from './scenario.ts'

/** The user's side of a scenario: time, chance, rules and listeners that meddle, and what belongs to whom. */
export abstract class UserWorld implements LayerWorld {
  readonly clock: FakeClock = new FakeClock()
  readonly random: Random
  readonly complaints: string[] = []
  protected readonly scenario: Scenario
  /** Errors of rules that broke: nobody can tell whose call they will end. */
  protected readonly errorsOfAnyone: Set<unknown> = new Set<unknown>()
  readonly #budgets = new Map<BudgetPlan, RetryBudget | TokenBudget>()
  #steps = 0
  #values = 0
  #isQuiet = true

  constructor(scenario: Scenario) {
    this.scenario = scenario
    this.random = seededRandom(scenario.seed)
  }

  abstract owned<T>(id: number, outcome: T): T
  abstract keyOf(args: readonly unknown[], isShared: boolean): string

  /** Does one thing to the engine while it is on the stack. */
  protected abstract act(meddling: Meddling, step: number, own: number | undefined): void

  complain(what: string): void {
    this.complaints.push(what)
  }

  meddle(own?: number): void {
    if (this.meddleQuietly(own) === 'throw') throw this.anyones(new Error(`rule broke at ${this.#steps}`))
  }

  meddleQuietly(own?: number): Meddling {
    if (this.#isQuiet) return 'nothing'
    const meddling = this.scenario.meddlings[this.#steps++] ?? 'nothing'
    this.act(meddling, this.#steps, own)
    return meddling
  }

  valueFor(id: number, text: string): string {
    return this.owned(id, `${text} #${++this.#values}`)
  }

  /** From here on user code does what the scenario says. */
  protected wake(): void {
    this.#isQuiet = false
  }

  /** From here on it only looks on. */
  protected quieten(): void {
    this.#isQuiet = true
  }

  anyones(error: Error): Error {
    this.errorsOfAnyone.add(error)
    return error
  }

  answerBy<T>({ how, ms }: AnswerPlan, value: T, error: unknown): T | Promise<T> {
    if (how === 'value') return value
    if (how === 'throw') throw error
    return new Promise((resolve, reject) => {
      this.clock.setTimer(ms, () => (how === 'resolve' ? resolve(value) : reject(error)))
    })
  }

  budget(plan: BudgetPlan): { readonly budget?: RetryBudget | TokenBudget } {
    if (plan === 'none') return {}
    const { clock } = this
    const onEvent = (): void => this.meddle()
    const made =
      this.#budgets.get(plan) ??
      (plan === 'ratio'
        ? retryBudget({ minPerSecond: 1, windowMs: 1000, clock, onEvent })
        : tokenBudget({ capacity: 20, clock, onEvent }))
    this.#budgets.set(plan, made)
    return { budget: made }
  }
}
