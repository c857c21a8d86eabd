/** An answer and when it came. */
export interface Answer {
  readonly value: unknown
  /** Monotonic milliseconds. */
  readonly at: number
  /** A newer one is being fetched. */
  isRevalidating: boolean
}

/** Answers by key: bounded, the one used longest ago is evicted first. */
export class AnswerStore {
  readonly #answers = new Map<string, Answer>()
  readonly #maxEntries: number
  #evicted = 0

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries
  }

  get size(): number {
    return this.#answers.size
  }

  /** Answers that had to make room, ever. */
  get evicted(): number {
    return this.#evicted
  }

  /** The answer under a key, which counts as used now. */
  get(key: string): Answer | undefined {
    const answer = this.#answers.get(key)
    if (answer === undefined) return undefined
    this.#answers.delete(key)
    this.#answers.set(key, answer)
    return answer
  }

  /** Keeps an answer. */
  set(key: string, value: unknown, at: number): void {
    this.#answers.delete(key)
    this.#answers.set(key, { value, at, isRevalidating: false })
    if (this.#answers.size <= this.#maxEntries) return
    const oldest = this.#answers.keys().next()
    if (oldest.done === true) return
    this.#answers.delete(oldest.value)
    this.#evicted++
  }

  /** Forgets an answer; true when there was one. */
  delete(key: string): boolean {
    return this.#answers.delete(key)
  }

  /** Forgets all. */
  clear(): void {
    this.#answers.clear()
  }
}
