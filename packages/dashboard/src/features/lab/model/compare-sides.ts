import type { LabSecond, LabSide } from 'breakwater/protocol'
import type { ChartLine } from '../../../shared/chart/chart-line.ts'

/** The figures of one storefront over its last seconds. */
export interface SideFigures {
  readonly requests: number
  readonly full: number
  readonly degraded: number
  readonly errors: number
  /** The median of the seconds' p95; null when no second has one. */
  readonly p95: number | null
}

/** What both sides' charts share, so that they can be compared by eye. */
export interface SharedAxes {
  readonly from: number
  readonly to: number
  readonly maxRate: number
  readonly maxMs: number
}

const spanMs = 300_000

/** Adds up the last seconds of a storefront. */
export function recentFigures(seconds: readonly LabSecond[]): SideFigures {
  const sum = (pick: (second: LabSecond) => number): number =>
    seconds.reduce((total, second) => total + pick(second), 0)
  return {
    requests: sum((second) => second.requests),
    full: sum((second) => second.full),
    degraded: sum((second) => second.degraded),
    errors: sum((second) => second.errors),
    p95: median(seconds.map((second) => second.p95).filter((value) => value !== null)),
  }
}

/** One range of time and one height for the charts of both sides. */
export function sharedAxes(at: number, sides: readonly LabSide[]): SharedAxes {
  const seconds = sides.flatMap((side) => side.seconds)
  return {
    from: at - spanMs,
    to: at,
    maxRate: Math.max(1, ...seconds.map((second) => second.requests)),
    maxMs: Math.max(1, ...seconds.map((second) => second.p99 ?? 0)),
  }
}

/** What users got, second by second, the bad at the bottom. */
export function answerLines(seconds: readonly LabSecond[]): ChartLine[] {
  return [
    {
      key: 'full',
      label: 'full answer',
      color: 'quiet',
      fill: 'quiet-fill',
      values: seconds.map((second) => second.full),
    },
    {
      key: 'degraded',
      label: 'degraded answer',
      color: 'degraded',
      fill: 'degraded-fill',
      values: seconds.map((second) => second.degraded),
    },
    {
      key: 'errors',
      label: 'error',
      color: 'failing',
      fill: 'failing-fill',
      values: seconds.map((second) => second.errors),
    },
  ]
}

/** How long users waited, second by second. */
export function waitLines(seconds: readonly LabSecond[]): ChartLine[] {
  return [
    { key: 'p99', label: 'p99', color: 'quiet', values: seconds.map((second) => second.p99) },
    { key: 'p95', label: 'p95', color: 'unknown', values: seconds.map((second) => second.p95) },
    { key: 'p50', label: 'p50', color: 'ink', widthPx: 1.5, values: seconds.map((second) => second.p50) },
  ]
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}
