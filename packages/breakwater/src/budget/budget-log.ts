import { Emitter } from '../pipeline/emitter.ts'
import type { BudgetEvent } from './budget-events.ts'

/** Counts what a budget grants and refuses, and tells when the one turns into the other. */
export class BudgetLog {
  readonly events: Emitter<BudgetEvent> = new Emitter<BudgetEvent>()
  granted = 0
  refused = 0
  readonly #budget: string
  /** Refusals since the last grant. */
  #inARow = 0

  constructor(budget: string, listener: ((event: BudgetEvent) => void) | undefined) {
    this.#budget = budget
    if (listener !== undefined) this.events.on(listener)
  }

  /** Notes an answer, and gives it back. */
  answer(isGranted: boolean): boolean {
    if (isGranted) this.#grant()
    else this.#refuse()
    return isGranted
  }

  #grant(): void {
    this.granted++
    const refused = this.#inARow
    this.#inARow = 0
    if (refused > 0) this.events.emit({ type: 'BudgetRecovered', budget: this.#budget, refused })
  }

  #refuse(): void {
    this.refused++
    this.#inARow++
    if (this.#inARow > 1) return
    this.events.emit({ type: 'BudgetExhausted', budget: this.#budget, refused: this.refused })
  }
}
