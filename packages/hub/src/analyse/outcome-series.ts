import type { OutcomeSeries, RangeView } from 'breakwater/protocol'
import { type Outcomes, OutcomeSum, sparedOf } from './outcome-sum.ts'

/** Sums outcomes into the steps of a range. */
export class OutcomeSeriesBuilder {
  readonly #range: RangeView
  readonly #steps = new Map<number, OutcomeSum>()

  constructor(range: RangeView) {
    this.#range = range
  }

  /** Adds the outcomes of a time. */
  add(at: number, outcomes: Outcomes): void {
    const start = Math.floor(at / this.#range.stepMs) * this.#range.stepMs
    const step = this.#steps.get(start) ?? new OutcomeSum()
    step.add(outcomes)
    this.#steps.set(start, step)
  }

  /** The series: null in each step of which nothing was reported. */
  build(): OutcomeSeries {
    const { from, to, stepMs } = this.#range
    const at = Array.from({ length: Math.round((to - from) / stepMs) }, (_, index) => from + index * stepMs)
    const totals = at.map((start) => this.#steps.get(start)?.totals() ?? null)
    const latencies = at.map((start) => this.#steps.get(start)?.latency() ?? null)
    return {
      at,
      calls: totals.map((step) => step?.calls ?? null),
      successes: totals.map((step) => step?.successes ?? null),
      failures: totals.map((step) => step?.failures ?? null),
      rejections: totals.map((step) => step?.rejections ?? null),
      spared: totals.map((step) => (step === null ? null : sparedOf(step))),
      p50: latencies.map((step) => step?.p50 ?? null),
      p95: latencies.map((step) => step?.p95 ?? null),
      p99: latencies.map((step) => step?.p99 ?? null),
    }
  }
}
