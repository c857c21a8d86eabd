import { Emitter } from '../../pipeline/emitter.ts'
import { RespawnBackoff } from '../respawn-backoff.ts'
import { bounded } from './bounded.ts'
import type { Member } from './member.ts'
import type { RemovalReason, ResourcePoolEvent } from './resource-pool-events.ts'
import type { ResolvedResourcePoolOptions } from './resource-pool-options.ts'

/** Who gets what the stock makes and finds healthy. */
export interface StockOwner<Resource> {
  /** A member may be lent. */
  offer(member: Member<Resource>): void
  /** A creation failed, or a place is free. */
  stockChanged(): void
}

/** Makes, checks and destroys the members of a pool, and counts them: never more than `max`. */
export class Stock<Resource> {
  readonly emitter: Emitter<ResourcePoolEvent> = new Emitter<ResourcePoolEvent>()
  readonly members: Set<Member<Resource>> = new Set<Member<Resource>>()
  readonly backoff: RespawnBackoff
  created = 0
  createFailed = 0
  destroyed = 0
  destroyFailed = 0
  checkFailed = 0
  creating = 0
  checking = 0
  destroying = 0
  lastError: unknown = undefined
  readonly #options: ResolvedResourcePoolOptions<Resource>
  readonly #owner: StockOwner<Resource>
  readonly #creations = new Set<Promise<void>>()

  constructor(options: ResolvedResourcePoolOptions<Resource>, owner: StockOwner<Resource>) {
    this.#options = options
    this.#owner = owner
    this.backoff = new RespawnBackoff(options)
  }

  /** Places that are taken. */
  get taken(): number {
    return this.members.size + this.creating + this.destroying
  }

  /** Whether one more may be made now. */
  get mayCreate(): boolean {
    const { max, maxCreating } = this.#options
    if (this.taken >= max || this.backoff.waitMs > 0) return false
    return this.creating < (this.backoff.isFailing ? 1 : maxCreating)
  }

  /** Makes one and offers it; never rejects. */
  create(): void {
    const creation = this.#create().finally(() => this.#creations.delete(creation))
    this.#creations.add(creation)
  }

  /** Resolves when all that are being made are there, or cannot be made. */
  async allCreated(): Promise<void> {
    await Promise.all(this.#creations)
  }

  async #create(): Promise<void> {
    const { create: work, createTimeoutMs: limitMs, clock } = this.#options
    const startedAt = clock.now()
    const late = (resource: Resource): void => {
      this.created++
      void this.#destroy(resource)
    }
    this.creating++
    try {
      const resource = await bounded({ work, limitMs, what: 'create', clock, late })
      this.creating--
      this.#add(resource, clock.now() - startedAt)
    } catch (error) {
      this.creating--
      this.#creationFailed(error)
    }
  }

  /** Checks a member that nobody has: offers it, or removes it. Answers whether it is healthy; never rejects. */
  async check(member: Member<Resource>): Promise<boolean> {
    const { check, checkTimeoutMs: limitMs, clock } = this.#options
    this.checking++
    const work = (): boolean | PromiseLike<boolean> => check?.(member.resource) ?? true
    const isHealthy = await bounded({ work, limitMs, what: 'check', clock }).catch(() => false)
    this.checking--
    member.isSuspect = false
    member.checkedAt = clock.now()
    if (isHealthy) this.#owner.offer(member)
    else {
      this.checkFailed++
      await this.remove(member, 'unhealthy')
    }
    return isHealthy
  }

  /** Takes a member out and destroys it; resolves when that is over, and never rejects. */
  remove(member: Member<Resource>, reason: RemovalReason): Promise<void> {
    const { name: policy, clock } = this.#options
    this.members.delete(member)
    this.destroying++
    this.emitter.emit({ type: 'ResourceRemoved', policy, reason, ageMs: clock.now() - member.createdAt })
    return this.#destroy(member.resource).then(() => {
      this.destroying--
      this.#owner.stockChanged()
    })
  }

  #add(resource: Resource, tookMs: number): void {
    const { clock, maxLifetimeMs, random, name: policy } = this.#options
    const now = clock.now()
    const expiresAt = now + maxLifetimeMs * (1 - random.next() / 10)
    const times = { createdAt: now, expiresAt, idleSince: now, checkedAt: now, lentAt: now }
    const member = { resource, ...times, isSuspect: false, loan: 0, label: '', isReported: false }
    this.members.add(member)
    this.created++
    this.lastError = undefined
    this.backoff.worked()
    this.emitter.emit({ type: 'ResourceCreated', policy, size: this.members.size, tookMs })
    this.#owner.offer(member)
  }

  #creationFailed(error: unknown): void {
    this.createFailed++
    this.lastError = error
    const backoffMs = this.backoff.lost()
    this.emitter.emit({ type: 'ResourceCreationFailed', policy: this.#options.name, error, backoffMs })
    this.#owner.stockChanged()
  }

  async #destroy(resource: Resource): Promise<void> {
    const { destroy, destroyTimeoutMs: limitMs, clock, name: policy } = this.#options
    try {
      await bounded({ work: () => destroy(resource), limitMs, what: 'destroy', clock })
      this.destroyed++
    } catch (error) {
      this.destroyed++
      this.destroyFailed++
      this.emitter.emit({ type: 'ResourceDestructionFailed', policy, error })
    }
  }
}
