import type { Admission, AdmissionOwner } from './admission.ts'

/** One admitted trial; it ends once: by its outcome, unjudged, or by its lease. */
export class Trial implements Admission {
  readonly state: HalfOpenState
  readonly leaseEndsAt: number
  hasEnded = false

  constructor(state: HalfOpenState, leaseEndsAt: number) {
    this.state = state
    this.leaseEndsAt = leaseEndsAt
  }

  get owner(): AdmissionOwner {
    return this.state.owner
  }
}

/**
 * A few trials at a time decide. A trial that says nothing gives its place back at once, one that hangs does when
 * its lease ends: neither can hold the door shut.
 */
export class HalfOpenState {
  readonly kind = 'half-open'
  readonly owner: AdmissionOwner
  readonly since: number
  readonly #trials = new Set<Trial>()
  #successes = 0
  #failures = 0

  constructor(owner: AdmissionOwner, since: number) {
    this.owner = owner
    this.since = since
  }

  get running(): number {
    return this.#trials.size
  }

  get successes(): number {
    return this.#successes
  }

  get failures(): number {
    return this.#failures
  }

  /** Admits a trial if there is room at `now`. */
  admit(now: number): Trial | undefined {
    if (this.#isFull()) this.#endLeases(now)
    if (this.#isFull()) return undefined
    const trial = new Trial(this, now + this.owner.terms.trialLeaseMs)
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
    return this.#successes >= this.owner.terms.successThreshold
  }

  /** Counts a failure; true when the trials that are left cannot close the circuit any more. */
  fail(): boolean {
    const { trials, successThreshold } = this.owner.terms
    this.#failures++
    return this.#failures > Math.max(0, trials - successThreshold)
  }

  #isFull(): boolean {
    const { halfOpenLimit, trials } = this.owner.terms
    const { size } = this.#trials
    return size >= halfOpenLimit || (trials > 0 && size + this.#successes + this.#failures >= trials)
  }

  #endLeases(now: number): void {
    for (const trial of this.#trials) {
      if (trial.leaseEndsAt <= now) this.end(trial)
    }
  }
}
