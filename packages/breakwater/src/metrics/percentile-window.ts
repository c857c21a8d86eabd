import { LatencySketch } from './latency-sketch.ts'
import {
  type LatencyFacts,
  emptyLatency,
  latencyCount,
  latencyQuantile,
  mergeLatency,
} from '../protocol/latency-facts.ts'

/**
 * A percentile of recent durations. Two windows take turns: the full one before, and the one that fills; what is read is
 * computed once a tenth of a window, not for each call.
 */
export class PercentileWindow {
  readonly #windowMs: number
  readonly #percentile: number
  readonly #current = new LatencySketch()
  #filling: LatencyFacts = emptyLatency
  #before: LatencyFacts = emptyLatency
  #startedAt = -Infinity
  #computedAt = -Infinity
  #count = 0
  #value = 0

  constructor(options: { readonly windowMs: number; readonly percentile: number }) {
    this.#windowMs = options.windowMs
    this.#percentile = options.percentile
  }

  /** Counts a duration that ended at `now`. */
  record(durationMs: number, now: number): void {
    this.#turn(now)
    this.#current.record(durationMs)
  }

  /** The percentile as of at most a tenth of a window ago, or undefined below `minimum` samples. */
  read(now: number, minimum: number): number | undefined {
    this.#turn(now)
    const isFresh = now - this.#computedAt < this.#windowMs / 10
    if (!isFresh || this.#count < minimum) this.#compute(now)
    return this.#count < minimum ? undefined : this.#value
  }

  #turn(now: number): void {
    const age = now - this.#startedAt
    if (age < this.#windowMs) return
    this.#collect()
    this.#before = age < 2 * this.#windowMs ? this.#filling : emptyLatency
    this.#filling = emptyLatency
    this.#startedAt = now
  }

  #compute(now: number): void {
    this.#collect()
    const all = mergeLatency(this.#before, this.#filling)
    this.#count = latencyCount(all)
    this.#value = latencyQuantile(all, this.#percentile) ?? 0
    this.#computedAt = now
  }

  #collect(): void {
    this.#filling = mergeLatency(this.#filling, this.#current.drain())
  }
}
