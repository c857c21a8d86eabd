import { ClosedState, type Evidence, isOverRatio, ratioSentence } from './closed-state.ts'

/** How many outcomes lie in one number: it stays one that the engine needs no box for. */
const perWord = 15
const failedBit = 1
const slowBit = 2

/** Opens by the ratios of the last `windowCalls` outcomes: a ring of two bits for each, exact, O(1), as large as it has come to be. */
export class ClosedByCount extends ClosedState {
  readonly #words: number[] = [0]
  #at = -1
  #calls = 0
  #failures = 0
  #slowCalls = 0

  succeed(): undefined {
    this.#push(0)
  }

  fail(): string | undefined {
    this.#push(failedBit)
    return this.#judge()
  }

  slow(): string | undefined {
    this.#slowCalls++
    this.#write(this.#at, this.#read(this.#at) | slowBit)
    return this.#judge()
  }

  evidence(): Evidence {
    return { calls: this.#calls, failures: this.#failures, slowCalls: this.#slowCalls }
  }

  /** One number for each outcome, oldest first: 1 failed, 2 slow, 3 both. */
  dump(): readonly number[] {
    const first = this.#at - this.#calls + 1 + this.owner.terms.windowCalls
    return Array.from({ length: this.#calls }, (_, i) =>
      this.#read((first + i) % this.owner.terms.windowCalls),
    )
  }

  load(dumped: readonly number[]): void {
    for (const code of dumped) {
      if (code > (failedBit | slowBit)) continue
      this.#push(code & failedBit)
      if ((code & slowBit) !== 0) this.slow()
    }
  }

  #push(code: number): void {
    const { windowCalls } = this.owner.terms
    const at = this.#at + 1 === windowCalls ? 0 : this.#at + 1
    if (this.#calls === windowCalls) this.#forget(at)
    this.#at = at
    this.#calls++
    if (code !== 0) this.#failures++
    this.#write(at, code)
  }

  #forget(at: number): void {
    const code = this.#read(at)
    this.#calls--
    if ((code & failedBit) !== 0) this.#failures--
    if ((code & slowBit) !== 0) this.#slowCalls--
  }

  #read(at: number): number {
    const word = this.#words[Math.floor(at / perWord)] ?? 0
    return (word >> (2 * (at % perWord))) & (failedBit | slowBit)
  }

  #write(at: number, code: number): void {
    const index = Math.floor(at / perWord)
    const shift = 2 * (at % perWord)
    const word = this.#words[index] ?? 0
    this.#words[index] = (word & ~((failedBit | slowBit) << shift)) | (code << shift)
  }

  #judge(): string | undefined {
    const evidence = this.evidence()
    if (!isOverRatio(this.owner.terms, evidence)) return undefined
    return ratioSentence(this.owner.terms, evidence, `the last ${this.#calls}`)
  }
}
