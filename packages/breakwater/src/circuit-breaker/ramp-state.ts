import type { AdmissionOwner } from './admission.ts'
import type { ClosedState } from './closed-state.ts'
import { CircuitRejection } from './circuit-breaker-errors.ts'

/** What a ramp is made with. */
export interface RampParts {
  readonly owner: AdmissionOwner
  readonly policy: string
  readonly since: number
  readonly closed: ClosedState
}

/**
 * Closed, but only a share of the calls is let in, more with each step: what comes back must not be trampled on. Its calls
 * are admitted by the closed state that follows, so their outcomes are evidence there as well.
 */
export class RampState {
  readonly kind = 'ramp'
  readonly owner: AdmissionOwner
  readonly since: number
  readonly closed: ClosedState
  readonly #policy: string
  #calls = 0
  #failures = 0
  #shareOfRejection = 0
  #rejection: CircuitRejection | undefined = undefined

  constructor({ owner, policy, since, closed }: RampParts) {
    this.owner = owner
    this.since = since
    this.closed = closed
    this.#policy = policy
  }

  /** The share of calls that is let in at `now`; 1 when the ramp is over. */
  share(now: number): number {
    const { rampSteps, rampStepMs } = this.owner.terms
    return rampSteps[Math.floor((now - this.since) / rampStepMs)] ?? 1
  }

  /** When the next step begins. */
  nextStepAt(now: number): number {
    const { rampStepMs } = this.owner.terms
    return this.since + (Math.floor((now - this.since) / rampStepMs) + 1) * rampStepMs
  }

  /** When all calls are let in again. */
  get endsAt(): number {
    const { rampSteps, rampStepMs } = this.owner.terms
    return this.since + rampSteps.length * rampStepMs
  }

  /** Counts a success. */
  succeed(): undefined {
    this.#calls++
  }

  /** Counts a failure; a sentence when the dependency does not bear the load. */
  fail(): string | undefined {
    const { rampFailureRatio, rampMinimumCalls } = this.owner.terms
    this.#calls++
    this.#failures++
    if (this.#calls < rampMinimumCalls || this.#failures / this.#calls < rampFailureRatio) return undefined
    return `${this.#failures} of ${this.#calls} calls failed while load came back`
  }

  /** The refusal of this step. */
  rejection(share: number): CircuitRejection {
    if (this.#rejection === undefined || share !== this.#shareOfRejection) {
      const { clock } = this.owner.terms
      const waitMs = (): number => Math.max(0, this.nextStepAt(clock.now()) - clock.now())
      this.#rejection = new CircuitRejection(this.#policy, rampSentence(share), waitMs)
      this.#shareOfRejection = share
    }
    return this.#rejection
  }
}

/** What is said of a ramp. */
export function rampSentence(share: number): string {
  return `recovered, ${Math.round(share * 100)} % of calls are let in for now`
}
