import { ClosedState, type Evidence } from './closed-state.ts'

/** Opens after so many failures in a row, however much time lies between them; a slow call is a failure here. */
export class ClosedInARow extends ClosedState {
  #inARow = 0

  succeed(): undefined {
    this.#inARow = 0
  }

  fail(): string | undefined {
    this.#inARow++
    const isOver = this.#inARow >= this.owner.terms.consecutiveFailures
    if (!isOver) return undefined
    return this.#inARow === 1 ? 'a call failed' : `${this.#inARow} calls failed in a row`
  }

  slow(): undefined {
    return undefined
  }

  evidence(): Evidence {
    return { calls: this.#inARow, failures: this.#inARow, slowCalls: 0 }
  }

  dump(): readonly number[] {
    return [this.#inARow]
  }

  /** A breaker that is restored closed stays so until another call fails. */
  load([inARow = 0]: readonly number[]): void {
    const most = this.owner.terms.consecutiveFailures - 1
    this.#inARow = Math.min(inARow, most)
  }
}
