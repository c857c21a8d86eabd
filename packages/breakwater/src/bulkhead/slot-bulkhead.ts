import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import { checkNumbers } from '../config/check-option.ts'
import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { gate, type Level, type Verdict, waiting } from '../pipeline/level.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { PolicySetup, PolicyStats } from '../pipeline/policy.ts'
import type { Breach } from './breach.ts'
import { BreachGuard, type GuardedSlots } from './breach-guard.ts'
import { breachDefaults } from './breach-options.ts'
import type { SlotOptions, Bulkhead, BulkheadPermit, TierState } from './bulkhead-api.ts'
import { type BulkheadDiagnosis, diagnose } from './bulkhead-diagnosis.ts'
import { BulkheadDropRejection, type BulkheadRefusal, BulkheadRejection } from './bulkhead-errors.ts'
import type { BulkheadBreachEvent, BulkheadEvent } from './bulkhead-events.ts'
import { type BulkheadOptions, limitRule, resolveBulkheadOptions } from './bulkhead-options.ts'
import type { Hold } from './hold.ts'
import { HoldTracker } from './hold-tracker.ts'
import { RecentUsage } from './recent-usage.ts'
import { type RequestHost, SlotRequest } from './slot-request.ts'
import type { SlotSeeker } from './slot-seeker.ts'
import { WaitRoom, type WaitRoomHost } from './wait-room.ts'
import type { Waiter } from './waiter.ts'

/** The slot of one call in 64 is timed, so that timing costs the others nothing. */
const sampleMask = 63

/** The bulkhead behind `bulkhead`. Every check-and-change is one synchronous method. */
export class SlotBulkhead implements Bulkhead, GuardedSlots, WaitRoomHost, RequestHost {
  readonly kind = 'bulkhead'
  readonly name: string
  readonly queueLimit: number
  active = 0
  admitted = 0
  rejected = 0
  dropped = 0
  abandoned = 0
  #limit: number
  /** The limit, or less of it while a breach is mitigated. */
  #usable: number
  #isSaturated = false
  #isDraining = false
  /** Most bulkheads stand in a pipeline: one of its own weighs four times what a bulkhead does, and is kept while it is in use. */
  #alone: WeakRef<Pipeline> | undefined = undefined
  #clock: Clock | undefined
  readonly #room: WaitRoom
  readonly #guard: BreachGuard
  readonly #holds: HoldTracker | undefined
  readonly #usage = new RecentUsage()
  readonly #events = new Emitter<BulkheadEvent>()

  constructor(options: BulkheadOptions) {
    const resolved = resolveBulkheadOptions(options)
    const { limit, queue, name, tiers, breach } = resolved
    this.#clock = options.clock
    this.name = name
    this.queueLimit = queue
    this.#limit = limit
    this.#usable = limit
    this.#room = new WaitRoom(resolved, this)
    this.#guard = new BreachGuard(breach ?? breachDefaults, this)
    if (tiers !== undefined || breach !== undefined)
      this.#holds = new HoldTracker(resolved, this.#room.tiers, this.#guard)
    if (options.onEvent !== undefined) this.#events.on(options.onEvent)
    if (options.breach?.onEvent !== undefined) this.#guard.events.on(options.breach.onEvent)
  }

  get limit(): number {
    return this.#limit
  }

  set limit(limit: number) {
    checkNumbers('bulkhead', { limit: limit ?? NaN }, { limit: limitRule })
    this.#limit = limit
    this.mitigationChanged()
  }

  get queued(): number {
    return this.#room.queued
  }

  get tiers(): readonly TierState[] {
    return this.#room.tiers.map(({ name, share, active, queued }) => ({ name, share, active, queued }))
  }

  get clock(): Clock {
    return this.#clock ?? systemClock
  }

  on(listener: (event: BulkheadEvent) => void): () => void {
    return this.#events.on(listener)
  }

  onBreach(listener: (event: BulkheadBreachEvent) => void): () => void {
    return this.#guard.events.on(listener)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    return this.#pipeline().run(work, options)
  }

  acquire(options?: SlotOptions): Promise<BulkheadPermit> {
    return new SlotRequest(this, options).permitInTime()
  }

  tryAcquire(options?: RunOptions): BulkheadPermit | undefined {
    if (this.#isShed(options) || !this.#isFree()) return undefined
    const request = new SlotRequest(this, options)
    const hold = this.#holds?.prepare(request, 0)
    // The user's `tierOf` may have taken the slot meanwhile.
    if (!this.#isFree()) return undefined
    this.#admit(request)
    if (hold !== undefined) this.#holds?.begin(hold)
    return request.permit()
  }

  detectBreach(): Breach | undefined {
    return this.#guard.detect()
  }

  diagnose(): BulkheadDiagnosis {
    const { name: policy, limit, active, abandoned, queued } = this
    const usage = this.#usage.read(this.clock.now(), this)
    return diagnose({ policy, limit, active, abandoned, queued }, usage)
  }

  stats(): PolicyStats {
    const { admitted, rejected, dropped, active, abandoned, queued, limit, queueLimit } = this
    return {
      counters: { admitted, rejected, dropped },
      gauges: { active, abandoned, queued, limit, queueLimit },
    }
  }

  readonly compile = (setup: PolicySetup): Level => {
    this.#clock ??= setup.clock
    const holds = this.#holds
    const abandoned: Level['abandoned'] = (change) => void (this.abandoned += change)
    if (holds === undefined) {
      return gate({
        enter: (run, index) => this.#enter(run, index),
        release: (run) => this.#release(run, undefined),
        abandoned,
      })
    }
    return gate({
      enter: (run, index) => this.#enterTracked(run, index, holds),
      release: (run, index) => this.#release(run, run.permits[index] as Hold),
      abandoned,
    })
  }

  ask(request: SlotRequest): Verdict {
    return this.#holds === undefined ? this.#enter(request, 0) : this.#enterTracked(request, 0, this.#holds)
  }

  givenBack(request: SlotRequest): void {
    this.#release(request, request.permits[0] as Hold | undefined)
  }

  turnedAway(waiter: Waiter, reason: BulkheadRefusal): void {
    this.dropped++
    waiter.run.refuse(waiter, this.#refuse(reason, this.clock.now() - waiter.since))
  }

  mitigationChanged(): void {
    this.#usable = this.#guard.usableOf(this.#limit)
    this.#drain()
  }

  #pipeline(): Pipeline {
    const known = this.#alone?.deref()
    if (known !== undefined) return known
    const made = pipeline({ operation: this.name, policies: [this], clock: this.clock })
    this.#alone = new WeakRef(made)
    return made
  }

  #isFree(): boolean {
    return this.active < this.#usable && this.#room.queued === 0
  }

  #isShed(options: RunOptions | undefined): boolean {
    return options?.criticality === 'low' && this.#guard.shedsLow
  }

  #enter(run: SlotSeeker, index: number): Verdict {
    if (this.#isFree()) return this.#admit(run)
    if (!this.#room.hasPlace && this.#room.isRanked) {
      this.#room.makeRoomFor(run, index)
      if (this.#isFree()) return this.#admit(run)
    }
    if (!this.#room.hasPlace) return this.#refuse('full', 0)
    this.#room.add(run, index)
    return waiting
  }

  #enterTracked(run: SlotSeeker, index: number, holds: HoldTracker): Verdict {
    this.#guard.update()
    if (this.#isShed(run.call.options)) return this.#refuse('shed', 0)
    const hold = holds.prepare(run, index)
    const verdict = this.#enter(run, index)
    if (verdict === undefined) holds.begin(hold)
    return verdict
  }

  #admit(holder: object): undefined {
    if ((this.admitted & sampleMask) === 0) this.#usage.beginHold(holder, this.clock.now(), this)
    this.active++
    this.admitted++
    this.#isSaturated = false
  }

  #refuse(reason: BulkheadRefusal, waitedMs: number): BulkheadRejection | BulkheadDropRejection {
    const { name: policy, queued, limit } = this
    this.rejected++
    if (!this.#isSaturated && reason !== 'shed') {
      this.#isSaturated = true
      this.#events.emit({ type: 'BulkheadSaturated', policy, limit, queue: this.queueLimit })
    }
    if (reason === 'full') return new BulkheadRejection(policy, limit, queued)
    return new BulkheadDropRejection({ policy, limit, queued, reason, waitedMs })
  }

  #release(holder: object, hold: Hold | undefined): void {
    this.active--
    if (this.#usage.timed === holder) this.#usage.endHold(this.clock.now())
    if (hold !== undefined) this.#holds?.end(hold)
    if (this.#room.queued > 0) this.#drain()
  }

  /** Work that ends at once would recurse here once for each waiting call: the outer loop takes them all. */
  #drain(): void {
    if (this.#isDraining) return
    this.#isDraining = true
    while (this.active < this.#usable && this.queued > 0) {
      const waiter = this.#room.take()
      if (waiter === undefined) continue
      const { run, index, since } = waiter
      this.#admit(run)
      this.#usage.waited(since, this.clock.coarseNow(), this)
      this.#holds?.begin(run.permits[index] as Hold)
      run.admit(index)
    }
    this.#isDraining = false
  }
}
