import { getEventListeners } from 'node:events'
import { isResilienceError } from '../../src/faults/is-resilience-error.ts'

/** How an attempt ends. */
export type Ending = 'ok' | 'fails'

interface Attempt {
  readonly end: (ending: Ending) => void
  isOpen: boolean
}

/** A call whose attempts end when the test says so: at once, if that was said before they began. */
export class HandCall {
  readonly name: string
  readonly controller: AbortController = new AbortController()
  readonly answers: string[] = []
  /** The values that its attempts gave. */
  readonly values: string[] = []
  readonly #attempts: Attempt[] = []
  readonly #endings = new Map<number, Ending>()

  constructor(name: string) {
    this.name = name
  }

  get running(): number {
    return this.#attempts.filter(({ isOpen }) => isOpen).length
  }

  get starts(): number {
    return this.#attempts.length
  }

  /** One attempt of the work. */
  work(): unknown {
    const index = this.#attempts.length
    const ending = this.#endings.get(index)
    if (ending !== undefined) {
      this.#attempts.push({ isOpen: false, end: () => undefined })
      return this.#outcome(index, ending)
    }
    return new Promise((resolve, reject) => {
      const attempt: Attempt = {
        isOpen: true,
        end: (how) => {
          attempt.isOpen = false
          try {
            resolve(this.#outcome(index, how))
          } catch (error) {
            reject(error)
          }
        },
      }
      this.#attempts.push(attempt)
    })
  }

  /** Ends an attempt, or says how it will end. */
  end(index: number, ending: Ending): void {
    const attempt = this.#attempts[index]
    if (attempt === undefined) this.#endings.set(index, ending)
    else if (attempt.isOpen) attempt.end(ending)
  }

  /** Ends whatever still runs. */
  endAll(): void {
    this.#attempts.forEach((_, index) => this.end(index, 'ok'))
  }

  answered(answer: Promise<unknown>): void {
    answer.then(
      (value) => this.answers.push(String(value)),
      (error: unknown) => this.answers.push(isResilienceError(error) ? error.code : (error as Error).message),
    )
  }

  /** What is wrong with it when all is over. */
  leftovers(): readonly string[] {
    const listeners = getEventListeners(this.controller.signal, 'abort').length
    return [
      ...(this.answers.length === 1 ? [] : [`${this.name} was answered ${this.answers.length} times`]),
      ...(listeners === 0 ? [] : [`${this.name} left ${listeners} listeners`]),
      ...(this.running === 0 ? [] : [`${this.name} still runs`]),
    ]
  }

  #outcome(index: number, ending: Ending): string {
    const text = `${this.name}${index}`
    if (ending === 'fails') throw new Error(`${text} failed`)
    this.values.push(text)
    return text
  }
}
