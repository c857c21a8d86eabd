import { emptyLatency, type LatencyFacts, mergeLatency } from '../protocol/latency-facts.ts'
import { LatencySketch } from './latency-sketch.ts'
import { LatencyTotals } from './latency-totals.ts'

/**
 * The durations of an operation's calls for two readers that do not know of each other: a reporter, who takes out what is
 * new, and whoever reads everything since the start. A recording costs what it costs a sketch.
 */
export class OperationLatency {
  /** Records; only this class drains it. */
  readonly sketch: LatencySketch = new LatencySketch()
  readonly #totals = new LatencyTotals()
  /** What a reading of the totals took out of the sketch before the reporter came. */
  #kept: LatencyFacts = emptyLatency

  /** Takes out what was recorded since the call before. */
  collect(): LatencyFacts {
    const facts = this.#drain()
    const kept = this.#kept
    this.#kept = emptyLatency
    return kept.buckets.length === 0 ? facts : mergeLatency(kept, facts)
  }

  /** Everything since the start. The sketch is emptied at each reading, as its counts are of 32 bits. */
  totals(): LatencyFacts {
    const facts = this.#drain()
    if (facts.buckets.length > 0) this.#kept = mergeLatency(this.#kept, facts)
    return this.#totals.read()
  }

  #drain(): LatencyFacts {
    const facts = this.sketch.drain()
    this.#totals.add(facts)
    return facts
  }
}
