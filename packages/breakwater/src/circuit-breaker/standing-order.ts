import type { OverrideMode } from '../protocol/policy-facts.ts'
import { CircuitRejection } from './circuit-breaker-errors.ts'

/** A hold on a breaker: it refuses all calls until each of its holds is released. */
export interface Isolation {
  readonly reason: string
  /** Gives it up; once. */
  release(): void
}

/** What people and programs ordered a breaker to do, while there is such an order. */
export class StandingOrder {
  readonly mode: OverrideMode
  readonly reason: string
  readonly isolations: readonly Isolation[]
  /** What calls are refused with; undefined when they are let through. */
  readonly rejection: CircuitRejection | undefined

  constructor(policy: string, mode: OverrideMode, parts: Pick<StandingOrder, 'reason' | 'isolations'>) {
    const { reason, isolations } = parts
    const isolation = isolations[0]
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
