import type { Timer } from '../../clock/clock.ts'
import { LatencySketch } from '../../metrics/latency-sketch.ts'
import { Closing } from '../closing.ts'
import { Borrower, type BorrowerOwner } from './borrower.ts'
import type { Member } from './member.ts'
import { type ResourceRefusal, ResourceUnavailableError } from './resource-errors.ts'
import type { AcquireOptions } from './resource-pool-api.ts'
import type { ResolvedResourcePoolOptions } from './resource-pool-options.ts'
import { Stock, type StockOwner } from './stock.ts'
import { Upkeep } from './upkeep.ts'

/**
 * Brings borrowers and resources together: whatever becomes free goes to who has waited longest.
 *
 *     create ──▶ offer ──▶ lent ──▶ given back ──┬─▶ idle ──▶ offer
 *        ▲         ▲                             └─▶ destroyed (broken, too old, closed)
 *        │         └── healthy ── check ◀── idle
 */
export class Lender<Resource> implements StockOwner<Resource>, BorrowerOwner<Resource> {
  readonly stock: Stock<Resource>
  readonly closing: Closing
  readonly waits: LatencySketch = new LatencySketch()
  readonly waiting: Set<Borrower<Resource>> = new Set<Borrower<Resource>>()
  readonly lent: Set<Member<Resource>> = new Set<Member<Resource>>()
  /** Who came back last is lent first, so that those who are not needed become idle for long. */
  readonly idle: Member<Resource>[] = []
  acquired = 0
  timedOut = 0
  rejected = 0
  abortions = 0
  readonly #options: ResolvedResourcePoolOptions<Resource>
  readonly #upkeep: Upkeep<Resource>
  #retryTimer: Timer | undefined = undefined

  constructor(options: ResolvedResourcePoolOptions<Resource>) {
    this.#options = options
    this.stock = new Stock(options, this)
    this.#upkeep = new Upkeep(options, this)
    this.closing = new Closing(options.clock, () => this.#cut())
  }

  async acquire(options: AcquireOptions): Promise<Member<Resource>> {
    const { clock, acquireTimeoutMs, maxWaiting } = this.#options
    if (this.closing.hasBegun) throw this.#refusal('closed', 0)
    options.signal?.throwIfAborted()
    const borrower = new Borrower(this, options, clock.now())
    this.waiting.add(borrower)
    this.stockChanged()
    if (!this.waiting.has(borrower)) return borrower.promise
    if (this.waiting.size > maxWaiting + this.stock.creating + this.stock.checking)
      this.#refuse(borrower, 'full')
    else if (acquireTimeoutMs !== Infinity) clock.deadlines(acquireTimeoutMs).arm(borrower.deadline)
    return borrower.promise
  }

  /** Takes a lent member back. */
  takeBack(member: Member<Resource>, isBroken: boolean): void {
    const now = this.#options.clock.now()
    this.lent.delete(member)
    member.idleSince = now
    if (isBroken) void this.stock.remove(member, 'broken')
    else if (now >= member.expiresAt) void this.stock.remove(member, 'lifetime')
    else if (member.isSuspect) void this.stock.check(member)
    else this.idle.push(member)
    this.stockChanged()
  }

  offer(member: Member<Resource>): void {
    const [first] = this.waiting
    if (first === undefined) this.idle.push(member)
    else this.#lend(member, first)
    this.stockChanged()
  }

  /** Lends what there is, makes what is wanted, and looks whether the end has come. */
  stockChanged(): void {
    this.#lendIdle()
    this.#create()
    this.#upkeep.plan()
    if (this.closing.hasBegun && this.waiting.size === 0) this.#empty()
  }

  /** Takes an idle member out, to check or remove it. */
  withdraw(member: Member<Resource>): void {
    this.idle.splice(this.idle.indexOf(member), 1)
  }

  waitedTooLong(borrower: Borrower<Resource>): void {
    this.timedOut++
    this.#refuse(borrower, 'timeout')
  }

  aborted(borrower: Borrower<Resource>, reason: unknown): void {
    this.abortions++
    this.waiting.delete(borrower)
    borrower.refuse(reason)
    this.stockChanged()
  }

  #lendIdle(): void {
    for (let member = this.idle.at(-1); member !== undefined; member = this.idle.at(-1)) {
      const [first] = this.waiting
      if (first === undefined) return
      const needsCheck = this.#needsCheck(member)
      if (needsCheck && this.waiting.size <= this.stock.checking) return
      this.idle.pop()
      if (this.#options.clock.now() >= member.expiresAt) void this.stock.remove(member, 'lifetime')
      else if (needsCheck) void this.stock.check(member)
      else this.#lend(member, first)
    }
  }

  #lend(member: Member<Resource>, borrower: Borrower<Resource>): void {
    const now = this.#options.clock.now()
    this.waiting.delete(borrower)
    this.lent.add(member)
    member.loan++
    member.lentAt = now
    member.label = borrower.label
    member.isReported = false
    this.acquired++
    this.waits.record(now - borrower.since)
    borrower.give(member)
  }

  #needsCheck({ isSuspect, checkedAt }: Member<Resource>): boolean {
    const { check, checkOnAcquire, freshMs, clock } = this.#options
    if (check === undefined) return false
    return isSuspect || (checkOnAcquire && clock.now() - checkedAt >= freshMs)
  }

  #create(): void {
    const { stock } = this
    this.#retryTimer?.cancel()
    while (this.#isShort()) {
      if (!stock.mayCreate) return this.#createLater()
      stock.create()
    }
  }

  #isShort(): boolean {
    const { creating, checking, members } = this.stock
    if (this.waiting.size > creating + checking + this.idle.length) return true
    return !this.closing.hasBegun && members.size + creating < this.#options.min
  }

  #createLater(): void {
    const { waitMs } = this.stock.backoff
    if (waitMs === 0) return
    const again = (): void => this.stockChanged()
    this.#retryTimer = this.#options.clock.setTimer(waitMs, again, { ref: this.waiting.size > 0 })
  }

  #refuse(borrower: Borrower<Resource>, reason: ResourceRefusal): void {
    const waitedMs = this.#options.clock.now() - borrower.since
    this.waiting.delete(borrower)
    this.rejected++
    borrower.refuse(this.#refusal(reason, waitedMs))
    this.stockChanged()
  }

  #refusal(reason: ResourceRefusal, waitedMs: number): ResourceUnavailableError {
    const { lastError: cause, members } = this.stock
    const size = members.size
    return new ResourceUnavailableError({ policy: this.#options.name, reason, waitedMs, size, cause })
  }

  #empty(): void {
    for (const member of this.idle.splice(0)) void this.stock.remove(member, 'closed')
    const { taken, checking } = this.stock
    if (taken + checking === 0) this.closing.end()
  }

  #cut(): void {
    for (const borrower of [...this.waiting]) this.#refuse(borrower, 'closed')
    for (const member of [...this.lent]) {
      this.lent.delete(member)
      void this.stock.remove(member, 'closed')
    }
  }
}
