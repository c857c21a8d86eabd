import type { CircuitBreakerSettings } from './circuit-breaker-options.ts'

/** One admitted trial; it ends once: by its outcome, unjudged, or by its lease. */
export interface Trial {
  readonly state: HalfOpenState
  readonly leaseEndsAt: number
  hasEnded: boolean
}

/**
 * A few trials at a time decide. A trial that says nothing gives its place back at once, one that hangs does when
 * its lease ends: neither can hold the door shut.
 */
export class HalfOpenState {
  readonly kind = 'half-open'
  readonly since: number
  readonly #settings: CircuitBreakerSettings
  readonly #trials = new Set<Trial>()
  #successes = 0

  constructor(settings: CircuitBreakerSettings, since: number) {
    this.#settings = settings
    this.since = since
  }

  get running(): number {
    return this.#trials.size
  }

  get successes(): number {
    return this.#successes
  }

  /** Admits a trial if there is room at `now`. */
  admit(now: number): Trial | undefined {
    if (this.#trials.size >= this.#settings.halfOpenLimit) this.#endLeases(now)
    if (this.#trials.size >= this.#settings.halfOpenLimit) return undefined
    const trial: Trial = { state: this, leaseEndsAt: now + this.#settings.trialLeaseMs, hasEnded: false }
    this.#trials.add(trial)
    return trial
  }

  /** Ends a trial; false when it had ended before and its outcome must not count. */
  end(trial: Trial): boolean {
    if (trial.hasEnded) return false
    trial.hasEnded = true
    this.#trials.delete(trial)
    return true
  }

  /** Counts a success; true when it is the one that closes the circuit. */
  succeed(): boolean {
    this.#successes++
    return this.#successes >= this.#settings.successThreshold
  }

  #endLeases(now: number): void {
    for (const trial of this.#trials) {
      if (trial.leaseEndsAt <= now) this.end(trial)
    }
  }
}
