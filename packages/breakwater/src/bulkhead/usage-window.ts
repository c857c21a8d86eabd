import { LatencySketch } from '../metrics/latency-sketch.ts'
import { emptyLatency, type LatencyFacts, mergeLatency } from '../protocol/latency-facts.ts'

/** How long a window is; what is read covers one to two of them. */
const windowMs = 60_000

/** What a bulkhead counted, ever. */
export interface UsageTotals {
  readonly admitted: number
  readonly rejected: number
}

/** What happened lately. */
export interface Usage extends UsageTotals {
  /** The time that the figures cover. */
  readonly elapsedMs: number
  /** Of the calls that waited and were let in. */
  readonly waits: LatencyFacts
  /** Durations for which a slot was held, by sample. */
  readonly holdSumMs: number
  readonly holdSamples: number
}

interface Part {
  readonly startedAt: number
  readonly totals: UsageTotals
  waits: LatencyFacts
  holdSumMs: number
  holdSamples: number
}

/** Recent usage of a bulkhead: two windows take turns. Nothing is kept for each call. */
export class UsageWindow {
  readonly #sketch = new LatencySketch()
  #before: Part | undefined = undefined
  #current: Part

  constructor(now: number) {
    this.#current = partFrom(now, { admitted: 0, rejected: 0 })
  }

  /** A call waited and was let in. */
  waited(ms: number): void {
    this.#sketch.record(ms)
  }

  /** A slot that is one of the sample was given back. */
  held(ms: number): void {
    this.#current.holdSumMs += ms
    this.#current.holdSamples++
  }

  /** Begins a new window when it is time to. */
  turn(now: number, { admitted, rejected }: UsageTotals): void {
    const age = now - this.#current.startedAt
    if (age < windowMs) return
    this.#collect()
    this.#before = this.#current
    this.#current = partFrom(now, { admitted, rejected })
  }

  read(now: number, totals: UsageTotals): Usage {
    this.#collect()
    const current = this.#current
    const before = this.#before ?? partFrom(current.startedAt, current.totals)
    return {
      elapsedMs: now - before.startedAt,
      admitted: totals.admitted - before.totals.admitted,
      rejected: totals.rejected - before.totals.rejected,
      waits: mergeLatency(before.waits, current.waits),
      holdSumMs: before.holdSumMs + current.holdSumMs,
      holdSamples: before.holdSamples + current.holdSamples,
    }
  }

  #collect(): void {
    const waits = this.#sketch.drain()
    if (waits.buckets.length > 0) this.#current.waits = mergeLatency(this.#current.waits, waits)
  }
}

function partFrom(startedAt: number, totals: UsageTotals): Part {
  return { startedAt, totals, waits: emptyLatency, holdSumMs: 0, holdSamples: 0 }
}
