import type { LiveFigures, LiveTick, OutcomeSeries, RangeView } from 'breakwater/protocol'

/** Takes from a tick the figures that a chart shows; undefined when the tick has none. */
export type PickFigures = (tick: LiveTick) => LiveFigures | undefined

/**
 * A series as the hub sent it, continued by the ticks that came after it.
 *
 * Counts of ticks add up exactly into the series' steps. Quantiles do not, so a step longer than one
 * second has none (a gap) until the hub is asked again.
 */
export function appendTicks(
  base: { readonly series: OutcomeSeries; readonly range: RangeView },
  ticks: readonly LiveTick[],
  pick: PickFigures,
): OutcomeSeries {
  const { series, range } = base
  const later = ticks.filter((tick) => tick.at > range.to)
  if (later.length === 0 || range.stepMs <= 0) return series
  const tail = new Tail(series, range)
  for (const tick of later) {
    const figures = pick(tick)
    if (figures) tail.add(tick.at - 1, figures)
  }
  return tail.finish()
}

/** A series up to the present, and how much of its last step has passed. */
export interface PresentSeries {
  readonly series: OutcomeSeries
  /** What the counts of the last step are to be divided by to get a rate. */
  readonly lastStepMs: number
}

// Reports come once a second, so the last second is not told of yet, and two seconds are the least to make a rate of.
const reportLagMs = 1_000
const leastMs = 2_000

/** Cuts a series at the present; a last step that has hardly begun is left out. */
export function untilNow(
  series: OutcomeSeries,
  { now, stepMs }: { readonly now: number; readonly stepMs: number },
): PresentSeries {
  const settled = now - reportLagMs
  const leastPassedMs = Math.min(leastMs, stepMs)
  const cut = series.at.findIndex((start) => settled - start < leastPassedMs)
  const kept = cut < 0 ? series : firstSteps(series, cut)
  const last = kept.at.at(-1) ?? settled - stepMs
  return { series: kept, lastStepMs: Math.min(stepMs, settled - last) }
}

function firstSteps(series: OutcomeSeries, end: number): OutcomeSeries {
  return {
    at: series.at.slice(0, end),
    calls: series.calls.slice(0, end),
    successes: series.successes.slice(0, end),
    failures: series.failures.slice(0, end),
    rejections: series.rejections.slice(0, end),
    spared: series.spared.slice(0, end),
    p50: series.p50.slice(0, end),
    p95: series.p95.slice(0, end),
    p99: series.p99.slice(0, end),
  }
}

class Tail {
  readonly #at: number[]
  readonly #columns: Record<Exclude<keyof OutcomeSeries, 'at'>, (number | null)[]>
  readonly #stepMs: number
  readonly #origin: number

  constructor(series: OutcomeSeries, { from, stepMs }: RangeView) {
    this.#at = [...series.at]
    this.#columns = {
      calls: [...series.calls],
      successes: [...series.successes],
      failures: [...series.failures],
      rejections: [...series.rejections],
      spared: [...series.spared],
      p50: [...series.p50],
      p95: [...series.p95],
      p99: [...series.p99],
    }
    this.#stepMs = stepMs
    this.#origin = series.at[0] ?? from
  }

  add(at: number, figures: LiveFigures): void {
    const row = this.#rowOf(at)
    const { calls, successes, failures, rejections, spared, p50, p95, p99 } = this.#columns
    calls[row] = (calls[row] ?? 0) + figures.calls
    successes[row] = (successes[row] ?? 0) + figures.successes
    failures[row] = (failures[row] ?? 0) + figures.failures
    rejections[row] = (rejections[row] ?? 0) + figures.rejections
    spared[row] = (spared[row] ?? 0) + figures.spared
    if (this.#stepMs > 1_000) return
    p50[row] = figures.p50
    p95[row] = figures.p95
    p99[row] = figures.p99
  }

  finish(): OutcomeSeries {
    return { at: this.#at, ...this.#columns }
  }

  // Steps that no tick fell into are filled with gaps, so that a line never bridges them.
  #rowOf(at: number): number {
    const start = this.#origin + Math.floor((at - this.#origin) / this.#stepMs) * this.#stepMs
    for (let next = this.#next(); next <= start; next = this.#next()) {
      this.#at.push(next)
      for (const column of Object.values(this.#columns)) column.push(null)
    }
    return this.#at.lastIndexOf(start)
  }

  #next(): number {
    const last = this.#at.at(-1)
    return last === undefined ? this.#origin : last + this.#stepMs
  }
}
