import { CircuitRejection } from './circuit-breaker-errors.ts'

/** What an open circuit is made with; times are monotonic milliseconds. */
export interface Opening {
  readonly policy: string
  readonly reason: string
  readonly since: number
  /** What a report of an unhealthy dependency puts the next trial off by. */
  readonly openMs: number
  readonly retryAt: number
  /** No report of an unhealthy dependency puts the next trial off beyond this. */
  readonly heldUntil: number
  readonly now: () => number
}

/** Calls are refused until `retryAt`; all by one and the same rejection. What is known of the dependency moves that. */
export class OpenState {
  readonly kind = 'open'
  readonly since: number
  readonly reason: string
  readonly openMs: number
  readonly rejection: CircuitRejection
  retryAt: number
  readonly #heldUntil: number

  constructor({ policy, reason, since, openMs, retryAt, heldUntil, now }: Opening) {
    this.since = since
    this.reason = reason
    this.openMs = openMs
    this.retryAt = retryAt
    this.#heldUntil = Math.max(heldUntil, retryAt)
    this.rejection = new CircuitRejection(policy, reason, () => Math.max(0, this.retryAt - now()))
  }

  /** The dependency is back: the next call is a trial. */
  hasten(now: number): void {
    this.retryAt = Math.min(this.retryAt, now)
  }

  /** The dependency is still down: another open time from now, within bounds. */
  putOff(now: number): void {
    this.retryAt = Math.max(this.retryAt, Math.min(now + this.openMs, this.#heldUntil))
  }
}
