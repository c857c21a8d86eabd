/** An answer and when it came. */
export interface Answer {
  readonly value: unknown
  /** Monotonic milliseconds. */
  readonly at: number
  /** The number of the question that it answers: a higher one was asked later. */
  readonly question: number
  /** A newer one is being fetched. */
  isRevalidating: boolean
}

/** How many deleted keys are remembered each by itself. */
const rememberedDeletions = 1_000

/**
 * Answers by key: bounded, the one used longest ago is evicted first. An answer to a question that was asked before the key
 * was deleted, or before the question that the kept one answers, is not taken: it may be older than what it would replace.
 */
export class AnswerStore {
  readonly #answers = new Map<string, Answer>()
  /** By key, the last question that was asked before the key was deleted. */
  readonly #deleted = new Map<string, number>()
  readonly #maxEntries: number
  #evicted = 0
  #questions = 0
  /** No answer to a question up to this one is taken. */
  #forgottenTo = 0

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

  /** A question is asked now: its number. */
  ask(): number {
    return ++this.#questions
  }

  /** The answer under a key, which does not count as used. */
  peek(key: string): Answer | undefined {
    return this.#answers.get(key)
  }

  /** The answer under a key, which counts as used now. */
  get(key: string): Answer | undefined {
    const answer = this.#answers.get(key)
    if (answer === undefined) return undefined
    this.#answers.delete(key)
    this.#answers.set(key, answer)
    return answer
  }

  /** Keeps the answer to a question, unless what is known of the key is newer. */
  set(key: string, question: number, { value, at }: Pick<Answer, 'value' | 'at'>): void {
    if (question <= this.#knownTo(key)) return
    this.#answers.delete(key)
    this.#answers.set(key, { value, at, question, isRevalidating: false })
    if (this.#answers.size <= this.#maxEntries) return
    const oldest = this.#answers.keys().next()
    if (oldest.done === true) return
    this.#answers.delete(oldest.value)
    this.#evicted++
  }

  /** Forgets an answer, and those that are on their way; true when there was one. */
  delete(key: string): boolean {
    this.#deleted.delete(key)
    this.#deleted.set(key, this.#questions)
    if (this.#deleted.size > rememberedDeletions) this.#forgetOldestDeletion()
    return this.#answers.delete(key)
  }

  /** Forgets all, and those that are on their way. */
  clear(): void {
    this.#forgottenTo = this.#questions
    this.#deleted.clear()
    this.#answers.clear()
  }

  #knownTo(key: string): number {
    return Math.max(
      this.#forgottenTo,
      this.#deleted.get(key) ?? 0,
      (this.#answers.get(key)?.question ?? 1) - 1,
    )
  }

  #forgetOldestDeletion(): void {
    for (const [key, question] of this.#deleted) {
      this.#forgottenTo = Math.max(this.#forgottenTo, question)
      this.#deleted.delete(key)
      return
    }
  }
}
