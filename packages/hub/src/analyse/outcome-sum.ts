import type { LatencyFacts, LatencyView, OutcomeTotals } from 'breakwater/protocol'
import { LatencySum } from './latency-sum.ts'

/** Outcomes and latencies of some calls. */
export interface Outcomes extends OutcomeTotals {
  readonly latency: LatencyFacts
}

/** A growing sum of outcomes. */
export class OutcomeSum {
  readonly #totals = emptyTotals()
  readonly #latency = new LatencySum()

  /** Adds outcomes. */
  add(outcomes: Outcomes): void {
    for (const key of totalKeys) this.#totals[key] += outcomes[key]
    this.#latency.add(outcomes.latency)
  }

  /** The counters. */
  totals(): OutcomeTotals {
    return { ...this.#totals }
  }

  /** The quantiles. */
  latency(): LatencyView {
    return this.#latency.view()
  }
}

/** Calls whose user saw an answer although the first attempt failed. */
export function sparedOf(totals: OutcomeTotals): number {
  return totals.sparedByRetry + totals.sparedByFallback + totals.sparedByCache + totals.sparedByHedge
}

function emptyTotals(): Record<keyof OutcomeTotals, number> {
  return {
    calls: 0,
    successes: 0,
    failures: 0,
    rejections: 0,
    cancellations: 0,
    attempts: 0,
    attemptFailures: 0,
    sparedByRetry: 0,
    sparedByFallback: 0,
    sparedByCache: 0,
    sparedByHedge: 0,
  }
}

const totalKeys = Object.keys(emptyTotals()) as (keyof OutcomeTotals)[]
