import type { AddedAttempt } from './retry-allowance.ts'
import type { RetryRule } from './retry-rule.ts'

interface Track {
  readonly retries: number
  readonly delayMs: number
}

const unused: Track = { retries: 0, delayMs: 0 }

/** How far a call has come, kept in its permit. */
export class RetryProgress {
  /** When the call came in. */
  readonly startedAt: number
  /** When its latest attempt began. */
  attemptAt: number
  /** All retries so far. */
  retries = 0
  /** What the latest retry was taken from the budget for. */
  added: AddedAttempt | undefined = undefined
  /** Of errors that follow no rule: most calls need no more. */
  #own: Track = unused
  #byRule: Map<RetryRule, Track> | undefined = undefined

  constructor(startedAt: number) {
    this.startedAt = startedAt
    this.attemptAt = startedAt
  }

  /** The retries so far for errors that follow the rule, and the backoff before the last of them. */
  of(rule: RetryRule | undefined): Track {
    if (rule === undefined) return this.#own
    return this.#byRule?.get(rule) ?? unused
  }

  /** One more retry. */
  add(rule: RetryRule | undefined, delayMs: number): void {
    this.retries++
    const track = { retries: this.of(rule).retries + 1, delayMs }
    if (rule === undefined) {
      this.#own = track
      return
    }
    this.#byRule ??= new Map()
    this.#byRule.set(rule, track)
  }
}
