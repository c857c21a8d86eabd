import type { Clock } from '../clock/clock.ts'
import { Emitter } from '../pipeline/emitter.ts'
import type { Breach, BreachReason } from './breach.ts'
import type { ResolvedBreachOptions } from './breach-options.ts'
import type { BulkheadBreachEvent } from './bulkhead-events.ts'
import type { Hold, HoldOwner } from './hold.ts'

/** The bulkhead, as its guard sees it. */
export interface GuardedSlots {
  readonly name: string
  readonly limit: number
  readonly abandoned: number
  readonly clock: Clock
  /** A mitigation began or ended. */
  mitigationChanged(): void
}

/** Watches over the slots of one bulkhead: whether what should have ended still holds them. */
export class BreachGuard implements HoldOwner {
  readonly events: Emitter<BulkheadBreachEvent> = new Emitter<BulkheadBreachEvent>()
  readonly #options: ResolvedBreachOptions
  readonly #slots: GuardedSlots
  #overdue = 0
  #breachedAt: number | undefined = undefined

  constructor(options: ResolvedBreachOptions, slots: GuardedSlots) {
    this.#options = options
    this.#slots = slots
  }

  /** Whether calls of low criticality are refused now. */
  get shedsLow(): boolean {
    return this.#breachedAt !== undefined && this.#options.mitigation === 'shed-low'
  }

  /** Of a limit, what may be used now. */
  usableOf(limit: number): number {
    const isLowered = this.#breachedAt !== undefined && this.#options.mitigation === 'lower-limit'
    return isLowered ? Math.ceil(limit / 2) : limit
  }

  /** A slot was taken. */
  begin(hold: Hold): void {
    const { maxHoldMs } = this.#options
    if (maxHoldMs !== Infinity) this.#slots.clock.deadlines(maxHoldMs).arm(hold.deadline)
  }

  /** A slot was given back. */
  end(hold: Hold): void {
    hold.deadline.cancel()
    if (hold.isOverdue) this.#overdue--
    hold.isOverdue = false
    if (this.#breachedAt !== undefined) this.update()
  }

  heldTooLong(): void {
    this.#overdue++
    this.update()
  }

  /** Looks again: a breach begins or ends. */
  update(): void {
    if (this.#breachedAt === undefined) this.#begin()
    else if (this.#reasons(this.#options.abandonedShare / 2).length === 0) this.#end(this.#breachedAt)
  }

  /** What is wrong now, if anything is. */
  detect(): Breach | undefined {
    this.update()
    const { abandoned, limit, clock } = this.#slots
    if (this.#breachedAt === undefined) return undefined
    const { abandonedShare, mitigation } = this.#options
    const reasons = this.#reasons(abandonedShare / 2)
    return {
      ...{ reasons, abandoned, overdue: this.#overdue, limit, mitigation },
      forMs: clock.now() - this.#breachedAt,
    }
  }

  #reasons(share: number): readonly BreachReason[] {
    const reasons: BreachReason[] = []
    const { abandoned, limit } = this.#slots
    if (this.#options.abandonedShare < 1 && abandoned > share * limit) reasons.push('abandoned')
    if (this.#overdue > 0) reasons.push('held-too-long')
    return reasons
  }

  #begin(): void {
    const { abandonedShare, mitigation } = this.#options
    const { name: policy, limit, abandoned, clock } = this.#slots
    if (this.#overdue === 0 && (abandonedShare === 1 || abandoned <= abandonedShare * limit)) return
    const reasons = this.#reasons(abandonedShare)
    const overdue = this.#overdue
    this.#breachedAt = clock.now()
    this.#slots.mitigationChanged()
    this.events.emit({ type: 'BulkheadBreached', policy, reasons, abandoned, overdue, limit, mitigation })
  }

  #end(breachedAt: number): void {
    const { name: policy, clock } = this.#slots
    this.#breachedAt = undefined
    this.#slots.mitigationChanged()
    this.events.emit({ type: 'BulkheadBreachEnded', policy, afterMs: clock.now() - breachedAt })
  }
}
