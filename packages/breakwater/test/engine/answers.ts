import { isResilienceError } from '../../src/faults/is-resilience-error.ts'
import type { Outcome } from '../../src/pipeline/outcome.ts'
import type { Trial } from './trial.ts'

/** Who may be answered with what, and what became of the values that the work gave. */
export class Answers {
  readonly #complain: (what: string) => void
  readonly #groupOf: (id: number) => number
  readonly #codes: ReadonlySet<string>
  /** Values and errors by the group of calls that may end with them. */
  readonly #owners = new Map<unknown, number>()
  /** Who has ended with what already. */
  readonly #seen = new Map<unknown, number>()
  readonly #made = new Set<unknown>()
  readonly #disposed = new Set<unknown>()

  constructor(rules: {
    complain(what: string): void
    groupOf(id: number): number
    codes: ReadonlySet<string>
  }) {
    this.#complain = rules.complain
    this.#groupOf = rules.groupOf
    this.#codes = rules.codes
  }

  own(id: number, outcome: unknown): void {
    this.#owners.set(outcome, this.#groupOf(id))
  }

  /** The work has given a value. */
  made(value: unknown): void {
    this.#made.add(value)
  }

  disposed(value: unknown): void {
    if (this.#disposed.has(value)) this.#complain(`${String(value)} was disposed twice`)
    this.#disposed.add(value)
  }

  judge(trial: Trial, outcome: Outcome<unknown>, isOfAnyone: (error: unknown) => boolean): void {
    const result = outcome.ok ? outcome.value : outcome.error
    const group = this.#groupOf(trial.id)
    const mayHave = this.#owners.get(result) === group || result === trial.reason
    if (!mayHave && !isOfAnyone(result) && (outcome.ok || !this.#isRefusal(result)))
      this.#complain(`call ${trial.id} ended with ${String(result)}`)
    const other = this.#seen.get(result)
    if (other !== undefined && !isOfAnyone(result) && (other === trial.id || this.#groupOf(other) !== group))
      this.#complain(`call ${trial.id} ended as call ${other}: ${String(result)}`)
    this.#seen.set(result, trial.id)
  }

  /** Values that one caller got must live; those that nobody got or keeps must have been disposed. */
  leftovers(may: { keep: boolean }): readonly (string | false)[] {
    return [...this.#made].flatMap((value) => [
      this.#seen.has(value) && this.#disposed.has(value) && `${String(value)} was disposed, though given`,
      !may.keep && !this.#seen.has(value) && !this.#disposed.has(value) && `${String(value)} was lost`,
    ])
  }

  #isRefusal(error: unknown): boolean {
    return isResilienceError(error) && this.#codes.has(error.code)
  }
}
