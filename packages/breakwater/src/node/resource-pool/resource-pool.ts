import { emptyLatency, latencyQuantile, mergeLatency } from '../../protocol/latency-facts.ts'
import type { PolicyStats } from '../../pipeline/policy.ts'
import { Lender } from './lender.ts'
import type { Member } from './member.ts'
import type { CloseOptions } from '../closing.ts'
import type { AcquireOptions, HealReport, Lease, ResourcePool } from './resource-pool-api.ts'
import type { ResourcePoolEvent } from './resource-pool-events.ts'
import {
  type ResolvedResourcePoolOptions,
  resolveResourcePoolOptions,
  type ResourcePoolOptions,
} from './resource-pool-options.ts'

/**
 * Lends resources that are dear to make, such as connections and child processes: each to one borrower at a time, to borrowers in order of
 * arrival, checked, and replaced when they are broken or old. There are never more than `max`.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @example
 * const connections = resourcePool({ create: () => connect(url), destroy: (c) => c.end(), check: (c) => c.ping(), max: 20 })
 * const rows = await connections.use((connection) => connection.query('select 1'))
 */
export function resourcePool<Resource>(options: ResourcePoolOptions<Resource>): ResourcePool<Resource> {
  const pool = new LendingPool(resolveResourcePoolOptions(options))
  if (options.onEvent !== undefined) pool.on(options.onEvent)
  pool.open()
  return pool
}

class LendingPool<Resource> implements ResourcePool<Resource> {
  readonly kind = 'resource-pool'
  readonly name: string
  readonly #options: ResolvedResourcePoolOptions<Resource>
  readonly #lender: Lender<Resource>
  #waits = emptyLatency

  constructor(options: ResolvedResourcePoolOptions<Resource>) {
    this.name = options.name
    this.#options = options
    this.#lender = new Lender(options)
  }

  get size(): number {
    return this.#lender.stock.members.size
  }

  get idle(): number {
    return this.#lender.idle.length
  }

  get borrowed(): number {
    return this.#lender.lent.size
  }

  get waiting(): number {
    return this.#lender.waiting.size
  }

  open(): void {
    this.#lender.stockChanged()
  }

  async acquire(options: AcquireOptions = {}): Promise<Lease<Resource>> {
    return new MemberLease(await this.#lender.acquire(options), this.#lender)
  }

  async use<T>(work: (resource: Resource) => T | PromiseLike<T>, options?: AcquireOptions): Promise<T> {
    const lease = await this.acquire(options)
    try {
      return await work(lease.resource)
    } catch (error) {
      if (this.#options.isBroken(error)) lease.destroy()
      throw error
    } finally {
      lease.release()
    }
  }

  async heal(): Promise<HealReport> {
    const { idle, lent, stock } = this.#lender
    stock.backoff.worked()
    for (const member of lent) member.isSuspect = this.#options.check !== undefined
    const suspects = this.#options.check === undefined ? [] : idle.splice(0)
    const { created } = stock
    const found = await Promise.all(suspects.map((member) => stock.check(member)))
    const removed = found.filter((isHealthy) => !isHealthy).length
    // Some are replaced already, for those who wait and for `min`.
    for (let made = stock.created + stock.creating - created; made < removed && stock.mayCreate; made++) {
      if (!this.#lender.closing.hasBegun) stock.create()
    }
    await stock.allCreated()
    return { checked: found.length, removed, replaced: Math.min(removed, stock.created - created) }
  }

  close(options: CloseOptions = {}): Promise<void> {
    const closed = this.#lender.closing.begin(options.graceMs)
    this.#lender.stockChanged()
    return closed
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  stats(): PolicyStats {
    const { acquired, timedOut, rejected, abortions: aborted, stock, waits } = this.#lender
    const { created, createFailed, destroyed, destroyFailed, checkFailed, creating } = stock
    this.#waits = mergeLatency(this.#waits, waits.drain())
    const wait = (q: number): number => latencyQuantile(this.#waits, q) ?? 0
    const { size, idle, borrowed, waiting } = this
    return {
      counters: {
        ...{ acquired, timedOut, rejected, aborted, created, createFailed, destroyed, destroyFailed },
        ...{ checkFailed, listenerErrors: stock.emitter.listenerErrors },
      },
      gauges: {
        ...{ size, idle, borrowed, waiting, creating, min: this.#options.min, max: this.#options.max },
        ...{
          waitP50Ms: wait(0.5),
          waitP95Ms: wait(0.95),
          waitP99Ms: wait(0.99),
          waitMaxMs: this.#waits.maxMs,
        },
      },
    }
  }

  on(listener: (event: ResourcePoolEvent) => void): () => void {
    return this.#lender.stock.emitter.on(listener)
  }
}

class MemberLease<Resource> implements Lease<Resource> {
  readonly resource: Resource
  readonly #member: Member<Resource>
  readonly #lender: Lender<Resource>
  readonly #loan: number

  constructor(member: Member<Resource>, lender: Lender<Resource>) {
    this.resource = member.resource
    this.#member = member
    this.#lender = lender
    this.#loan = member.loan
  }

  get isOver(): boolean {
    return !this.#lender.lent.has(this.#member) || this.#member.loan !== this.#loan
  }

  release(): void {
    if (!this.isOver) this.#lender.takeBack(this.#member, false)
  }

  destroy(): void {
    if (!this.isOver) this.#lender.takeBack(this.#member, true)
  }

  [Symbol.dispose](): void {
    this.release()
  }
}
