import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import type { Criticality, RunOptions, Work } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { gate, type Level, type Verdict, waiting } from '../pipeline/level.ts'
import { failed, type OutcomeKind, succeeded } from '../pipeline/outcome.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import { systemRandom } from '../random/system-random.ts'
import { Admission } from './admission.ts'
import type { ConcurrencyLimiter, LimitPermit } from './concurrency-limiter-api.ts'
import { LimitExceededRejection } from './concurrency-limiter-errors.ts'
import type { ConcurrencyEvent } from './concurrency-limiter-events.ts'
import {
  type ConcurrencyLimiterOptions,
  type ConcurrencyLimiterSettings,
  resolveConcurrencyLimiterOptions,
} from './concurrency-limiter-options.ts'
import type { LimitEstimator, LimitSample } from './limit-algorithm.ts'
import { LimitPlaces } from './limit-places.ts'
import { LimitWaiter, type QueueOwner } from './limit-queue.ts'
import { LiveBounds } from './live-bounds.ts'
import type { Partition } from './partition.ts'
import { SampleWindow } from './sample-window.ts'
import { withinBounds } from './within-bounds.ts'

/** The limiter behind `concurrencyLimiter`. Every check-and-change is one synchronous method. */
export class AdaptiveLimiter implements ConcurrencyLimiter, QueueOwner {
  readonly kind = 'concurrency-limiter'
  readonly name: string
  admitted = 0
  rejected = 0
  dropped = 0
  #arrivals = 0
  #isExceeded = false
  #isDraining = false
  #alone: Pipeline | undefined = undefined
  readonly #settings: ConcurrencyLimiterSettings
  readonly #clock: Clock
  readonly #places: LimitPlaces
  readonly #bounds: LiveBounds
  readonly #estimator: LimitEstimator
  readonly #window: SampleWindow | undefined
  readonly #events = new Emitter<ConcurrencyEvent>()

  constructor(options: ConcurrencyLimiterOptions) {
    const settings = resolveConcurrencyLimiterOptions(options)
    const { algorithm, bounds } = settings
    this.#settings = settings
    this.name = settings.name
    this.#clock = options.clock ?? systemClock
    this.#places = new LimitPlaces(settings, this.#clock)
    this.#bounds = new LiveBounds(bounds)
    this.#estimator = algorithm.start(this.#bounds, options.random ?? systemRandom)
    this.#window =
      algorithm.window === undefined ? undefined : new SampleWindow(algorithm.window, this.#estimator)
    if (options.onEvent !== undefined) this.#events.on(options.onEvent)
  }

  get limit(): number {
    return this.#places.limit
  }

  get minLimit(): number {
    return this.#bounds.minLimit
  }

  set minLimit(minLimit: number) {
    this.#bounds.minLimit = minLimit
    this.#boundsChanged()
  }

  get maxLimit(): number {
    return this.#bounds.maxLimit
  }

  set maxLimit(maxLimit: number) {
    this.#bounds.maxLimit = maxLimit
    this.#boundsChanged()
  }

  get active(): number {
    return this.#places.active
  }

  get queued(): number {
    return this.#places.queued
  }

  on(listener: (event: ConcurrencyEvent) => void): () => void {
    return this.#events.on(listener)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] })
    return this.#alone.run(work, options)
  }

  tryAcquire(criticality: Criticality = 'normal'): LimitPermit | undefined {
    const partition = this.#places.partitionOf(criticality)
    if (!this.#isFree(partition)) return undefined
    const admission = new Admission()
    this.#admit(admission, partition)
    const end = (isDrop: boolean | undefined): void => {
      if (admission.partition === undefined) return
      if (isDrop !== undefined) this.#measure(admission, isDrop)
      this.#release(admission)
    }
    return { succeed: () => end(false), drop: () => end(true), ignore: () => end(undefined) }
  }

  stats(): PolicyStats {
    const { admitted, rejected, dropped, active, queued, limit } = this
    return { counters: { admitted, rejected, dropped }, gauges: { active, queued, limit } }
  }

  compile(): Level {
    return gate({
      enter: (run, index) => this.#enter(run, index),
      exit: (run, index) => this.#exit(run.permits[index] as Admission, run.kind, run.payload),
      release: (run, index) => this.#release(run.permits[index] as Admission),
    })
  }

  waitedTooLong(waiter: LimitWaiter): void {
    const { run, criticality, since } = waiter.place
    this.#places.queued--
    run.refuse(waiter, this.#refuse(criticality, this.#clock.now() - since))
  }

  leftQueue(): void {
    this.#places.queued--
  }

  #enter(run: RunHandle, index: number): Verdict {
    const criticality = run.call.options?.criticality ?? 'normal'
    const partition = this.#places.partitionOf(criticality)
    // Permits live as long as the run's object, which is used again: so are they.
    const admission = (run.permits[index] as Admission | undefined) ?? new Admission()
    run.permits[index] = admission
    if (this.#isFree(partition)) {
      this.#admit(admission, partition)
      return undefined
    }
    if (this.#places.queued >= this.#settings.queue) return this.#refuse(criticality, 0)
    const since = this.#clock.now()
    const { queue } = partition
    const waiter = new LimitWaiter({ run, index, queue, criticality, since, order: this.#arrivals++ }, this)
    queue.add(waiter)
    this.#places.queued++
    run.hold(waiter)
    return waiting
  }

  /** Newcomers do not overtake those who wait in the same partition, nor, below the limit, those of any. */
  #isFree(partition: Partition): boolean {
    const places = this.#places
    if (!places.hasRoom(partition)) return false
    return places.queued === 0 || (partition.queue.head === undefined && places.active >= places.limit)
  }

  #admit(admission: Admission, partition: Partition): void {
    admission.startedAt = this.#clock.now()
    admission.inFlight = ++this.#places.active
    admission.partition = partition
    partition.active++
    this.admitted++
    this.#isExceeded = false
  }

  #refuse(criticality: Criticality, waitedMs: number): LimitExceededRejection {
    const { name: policy, limit, active, queued } = this
    this.rejected++
    if (!this.#isExceeded) {
      this.#isExceeded = true
      this.#events.emit({ type: 'LimitExceeded', policy, limit, active, queued })
    }
    return new LimitExceededRejection({ policy, limit, active, queued, criticality, waitedMs })
  }

  #exit(admission: Admission, kind: OutcomeKind, payload: unknown): void {
    if (kind === succeeded) return this.#measure(admission, false)
    if (kind !== failed) return
    if (asks(this.#settings.isDrop, payload)) return this.#measure(admission, true)
    if (!asks(this.#settings.isIgnored, payload)) this.#measure(admission, false)
  }

  #measure({ startedAt, inFlight }: Admission, isDrop: boolean): void {
    const now = this.#clock.now()
    if (isDrop) this.dropped++
    const limit = this.#estimate({ rttMs: now - startedAt, inFlight, isDrop }, now)
    if (limit !== undefined && Number.isFinite(limit)) this.#move(limit)
  }

  #boundsChanged(): void {
    this.#estimator.boundsChanged?.()
    this.#move(this.limit)
  }

  #move(limit: number): void {
    const to = withinBounds(limit, this.#bounds)
    const { name: policy, limit: from, active } = this
    if (to === from) return
    this.#places.setLimit(to)
    if (this.#events.hasListeners) this.#events.emit({ type: 'LimitChanged', policy, from, to, active })
    this.#drain()
  }

  #estimate(sample: LimitSample, now: number): number | undefined {
    try {
      return this.#window === undefined ? this.#estimator.update(sample) : this.#window.add(sample, now)
    } catch {
      // A function of the user's in the algorithm failed: the limit stays, the call goes on.
      return undefined
    }
  }

  #release(admission: Admission): void {
    const { partition } = admission
    if (partition === undefined) return
    admission.partition = undefined
    partition.active--
    this.#places.active--
    if (this.#places.queued > 0) this.#drain()
  }

  /** Work that ends at once would recurse here once for each waiting call: the outer loop takes them all. */
  #drain(): void {
    if (this.#isDraining) return
    this.#isDraining = true
    for (let waiter = this.#places.next(); waiter !== undefined; waiter = this.#places.next()) {
      const { run, index, queue, criticality } = waiter.place
      queue.remove(waiter)
      this.#places.queued--
      this.#admit(run.permits[index] as Admission, this.#places.partitionOf(criticality))
      run.admit(index)
    }
    this.#isDraining = false
  }
}

/** A rule of the user's that fails says no. */
function asks(rule: (error: unknown) => boolean, error: unknown): boolean {
  try {
    return rule(error)
  } catch {
    return false
  }
}
