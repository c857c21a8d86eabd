import type { ResilienceError } from './resilience-error.ts'

interface RefusalFacts {
  readonly policy: string
  readonly retryAfterMs?: number
}

/** A refusal of which the facts are known: the error is made from them when somebody asks for it. */
export class FactsRejection<Facts extends RefusalFacts> {
  readonly code: string
  readonly policy: string
  readonly retryAfterMs: number | undefined
  readonly #facts: Facts
  readonly #Refused: new (facts: Facts) => ResilienceError

  constructor(code: string, facts: Facts, Refused: new (facts: Facts) => ResilienceError) {
    this.code = code
    this.policy = facts.policy
    this.retryAfterMs = facts.retryAfterMs
    this.#facts = facts
    this.#Refused = Refused
  }

  toError(): ResilienceError {
    return new this.#Refused(this.#facts)
  }
}
