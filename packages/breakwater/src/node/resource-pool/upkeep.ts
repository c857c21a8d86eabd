import type { Timer } from '../../clock/clock.ts'
import type { Member } from './member.ts'
import type { ResolvedResourcePoolOptions } from './resource-pool-options.ts'
import type { Stock } from './stock.ts'

/** The members, as the upkeep sees them. */
export interface Kept<Resource> {
  readonly stock: Stock<Resource>
  readonly idle: readonly Member<Resource>[]
  readonly lent: ReadonlySet<Member<Resource>>
  withdraw(member: Member<Resource>): void
  stockChanged(): void
}

/** Looks after what nobody asks for: age, idleness, health, leases that are held too long. One timer, which keeps no process alive. */
export class Upkeep<Resource> {
  readonly #options: ResolvedResourcePoolOptions<Resource>
  readonly #kept: Kept<Resource>
  readonly #periodMs: number
  #timer: Timer | undefined = undefined

  constructor(options: ResolvedResourcePoolOptions<Resource>, kept: Kept<Resource>) {
    this.#options = options
    this.#kept = kept
    const { idleMs, maxLifetimeMs, leakMs, check, checkIntervalMs } = options
    const shortest = Math.min(idleMs, maxLifetimeMs, leakMs, check === undefined ? Infinity : checkIntervalMs)
    // Late by a quarter at most, and cheap: nothing is computed for each loan.
    this.#periodMs = Math.max(1, shortest / 4)
  }

  /** There may be something to look after, or nothing any more. */
  plan(): void {
    if (this.#kept.stock.members.size === 0) {
      this.#timer?.cancel()
      this.#timer = undefined
    } else if (this.#timer === undefined && this.#periodMs !== Infinity) {
      this.#timer = this.#options.clock.setTimer(this.#periodMs, () => this.#look(), { ref: false })
    }
  }

  #look(): void {
    this.#timer = undefined
    for (const member of [...this.#kept.idle]) this.#lookAtIdle(member)
    for (const member of this.#kept.lent) this.#lookAtLent(member)
    this.#kept.stockChanged()
  }

  #lookAtIdle(member: Member<Resource>): void {
    const { clock, idleMs, min, check, checkIntervalMs } = this.#options
    const { stock } = this.#kept
    const now = clock.now()
    const isNeedless = stock.members.size > min && now - member.idleSince >= idleMs
    if (now < member.expiresAt && !isNeedless) {
      if (check === undefined || now - member.checkedAt < checkIntervalMs) return
      this.#kept.withdraw(member)
      void stock.check(member)
      return
    }
    this.#kept.withdraw(member)
    void stock.remove(member, isNeedless ? 'idle' : 'lifetime')
  }

  #lookAtLent(member: Member<Resource>): void {
    const { clock, leakMs, name: policy } = this.#options
    const heldMs = clock.now() - member.lentAt
    if (member.isReported || heldMs < leakMs) return
    member.isReported = true
    this.#kept.stock.emitter.emit({ type: 'LeaseOverdue', policy, heldMs, label: member.label })
  }
}
