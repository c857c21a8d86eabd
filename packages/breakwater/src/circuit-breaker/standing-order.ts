import type { OverrideMode } from '../protocol/policy-facts.ts'
import type { Admission, AdmissionOwner } from './admission.ts'
import { CircuitRejection } from './circuit-breaker-errors.ts'

/** A hold on a breaker: it refuses all calls until each of its holds is released. */
export interface Isolation {
  readonly reason: string
  /** Gives it up; once. */
  release(): void
}

/** What an order is made with. */
export interface OrderParts {
  readonly owner: AdmissionOwner
  readonly policy: string
  readonly mode: OverrideMode
  readonly reason: string
  readonly isolations: readonly Isolation[]
}

/**
 * What people and programs ordered a breaker to do, while there is such an order. Calls that it lets through it admits
 * itself: how they end is evidence in no state.
 */
export class StandingOrder implements Admission {
  readonly owner: AdmissionOwner
  readonly mode: OverrideMode
  readonly reason: string
  readonly isolations: readonly Isolation[]
  /** What calls are refused with; undefined when they are let through. */
  readonly rejection: CircuitRejection | undefined

  constructor({ owner, policy, mode, reason, isolations }: OrderParts) {
    const isolation = isolations[0]
    this.owner = owner
    this.mode = mode
    this.reason = reason
    this.isolations = isolations
    const sentence =
      isolation === undefined ? `held open by hand: ${reason}` : `isolated: ${isolation.reason}`
    const refuses = isolation !== undefined || mode === 'forced-open'
    this.rejection = refuses ? new CircuitRejection(policy, sentence, () => undefined) : undefined
  }

  /** What it comes to: an isolation counts more than any mode. */
  get effect(): OverrideMode {
    return this.isolations.length > 0 ? 'forced-open' : this.mode
  }
}

const modes: readonly unknown[] = ['forced-open', 'forced-closed', 'automatic'] satisfies OverrideMode[]

/**
 * Checks a mode.
 *
 * @throws {RangeError} when there is no such mode
 */
export function checkMode(mode: unknown): void {
  if (modes.includes(mode)) return
  throw new RangeError(
    `Cannot override circuit breaker as 'mode' must be one of ${modes.join(', ')}: current value is ${String(mode)}`,
  )
}
