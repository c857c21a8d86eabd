import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import type { Criticality, RunOptions, Work } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { gate, type Level } from '../pipeline/level.ts'
import { failed, succeeded } from '../pipeline/outcome.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import type { Random } from '../random/random.ts'
import { systemRandom } from '../random/system-random.ts'
import type { AdaptiveThrottle, ThrottlePermit } from './adaptive-throttle-api.ts'
import { ThrottledRejection } from './adaptive-throttle-errors.ts'
import type { ThrottleEvent } from './adaptive-throttle-events.ts'
import {
  type AdaptiveThrottleOptions,
  type AdaptiveThrottleSettings,
  resolveAdaptiveThrottleOptions,
} from './adaptive-throttle-options.ts'
import { shedRatio, shedRatioOf } from './shed-ratio.ts'
import { rankOf, ThrottleWindow } from './throttle-window.ts'

/** When shedding began, and how many had been shed before. */
interface Episode {
  readonly since: number
  readonly rejectedBefore: number
}

/** The throttle behind `adaptiveThrottle`. */
export class WindowedThrottle implements AdaptiveThrottle {
  readonly kind = 'adaptive-throttle'
  readonly name: string
  admitted = 0
  rejected = 0
  /** Calls that the dependency took, ever. */
  accepted = 0
  /** Calls that the dependency did not take, ever. */
  refused = 0
  #alone: Pipeline | undefined = undefined
  /** Undefined while nothing is shed. */
  #episode: Episode | undefined = undefined
  readonly #settings: AdaptiveThrottleSettings
  readonly #clock: Clock
  readonly #random: Random
  readonly #window: ThrottleWindow
  readonly #events = new Emitter<ThrottleEvent>()

  constructor(options: AdaptiveThrottleOptions) {
    this.#settings = resolveAdaptiveThrottleOptions(options)
    this.name = this.#settings.name
    this.#clock = options.clock ?? systemClock
    this.#random = options.random ?? systemRandom
    this.#window = new ThrottleWindow(this.#settings.windowMs)
    if (options.onEvent !== undefined) this.#events.on(options.onEvent)
  }

  get ratio(): number {
    this.#window.expire(this.#clock.coarseNow())
    return shedRatio(this.#window, this.#settings)
  }

  ratioOf(criticality: Criticality): number {
    this.#window.expire(this.#clock.coarseNow())
    return shedRatioOf(rankOf(criticality), this.#window, this.#settings)
  }

  on(listener: (event: ThrottleEvent) => void): () => void {
    return this.#events.on(listener)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] })
    return this.#alone.run(work, options)
  }

  tryAcquire(criticality?: Criticality): ThrottlePermit | undefined {
    if (this.#enter(criticality) !== undefined) return undefined
    let isHeld = true
    const end = (isAccepted: boolean | undefined): void => {
      if (isHeld && isAccepted !== undefined) this.#count(criticality, isAccepted)
      isHeld = false
    }
    return { accept: () => end(true), reject: () => end(false), ignore: () => end(undefined) }
  }

  stats(): PolicyStats {
    const { admitted, rejected, accepted, refused, ratio } = this
    const { requests, accepts } = this.#window
    return { counters: { admitted, rejected, accepted, refused }, gauges: { ratio, requests, accepts } }
  }

  compile(): Level {
    return gate({
      enter: (run) => this.#enter(run.call.options?.criticality),
      exit: (run) => this.#exit(run),
    })
  }

  #enter(criticality: Criticality | undefined): ThrottledRejection | undefined {
    const now = this.#clock.coarseNow()
    this.#window.expire(now)
    const rank = rankOf(criticality)
    const ratio = shedRatioOf(rank, this.#window, this.#settings)
    if (ratio > 0 && this.#random.next() < ratio) {
      const { requests, accepts } = this.#window
      this.#shed(rank, now)
      const facts = { policy: this.name, criticality: criticality ?? 'normal', ratio, requests, accepts }
      return new ThrottledRejection(facts)
    }
    if (this.#episode !== undefined) this.#endEpisode(this.#episode)
    this.admitted++
    return undefined
  }

  #shed(rank: number, now: number): void {
    const { requests, accepts } = this.#window
    const rejectedBefore = this.rejected
    const ratio = shedRatio(this.#window, this.#settings)
    this.#window.add(rank, false, now)
    this.rejected++
    if (this.#episode !== undefined) return
    this.#episode = { since: this.#clock.now(), rejectedBefore }
    this.#events.emit({ type: 'ThrottleStarted', policy: this.name, ratio, requests, accepts })
  }

  #endEpisode({ since, rejectedBefore }: Episode): void {
    if (shedRatio(this.#window, this.#settings) > 0) return
    this.#episode = undefined
    const afterMs = this.#clock.now() - since
    const shed = this.rejected - rejectedBefore
    this.#events.emit({ type: 'ThrottleEnded', policy: this.name, shed, afterMs })
  }

  /** Refusals by policies further in and aborts by the caller say nothing about the dependency. */
  #exit(run: RunHandle): void {
    const { kind } = run
    if (kind === succeeded) this.#count(run.call.options?.criticality, true)
    else if (kind === failed) this.#count(run.call.options?.criticality, !this.#isRejection(run.payload))
  }

  #count(criticality: Criticality | undefined, isAccepted: boolean): void {
    if (isAccepted) this.accepted++
    else this.refused++
    this.#window.add(rankOf(criticality), isAccepted, this.#clock.coarseNow())
  }

  #isRejection(error: unknown): boolean {
    try {
      return this.#settings.isRejection(error)
    } catch {
      return false
    }
  }
}
