import type { LatencyView, OutcomeSeries, RangeView } from 'breakwater/protocol'
import { serviceNames, stepFigures, type World } from './world.ts'

const steps = [1_000, 2_000, 5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000]

/** The range that a request asks for, cut into at most 450 steps. */
export function rangeOf(query: URLSearchParams, now: number): RangeView {
  const to = Number(query.get('to') ?? now)
  const from = Number(query.get('from') ?? to - 900_000)
  const stepMs = steps.find((step) => (to - from) / step <= 450) ?? 3_600_000
  return { from, to, stepMs }
}

/** The outcomes of some services over a range; nothing is known from before the range of the pretended fleet. */
export function seriesOf(
  world: World,
  services: readonly string[],
  { from, to, stepMs }: RangeView,
): OutcomeSeries {
  const first = Math.floor(from / stepMs) * stepMs
  const at = Array.from(
    { length: Math.max(0, Math.ceil((to - first) / stepMs)) },
    (_unused, i) => first + i * stepMs,
  )
  const rows = at.map((start) => stepFigures(world, services, { from: start, stepMs, to }))
  return {
    at,
    calls: rows.map((row) => row?.calls ?? null),
    successes: rows.map((row) => row?.successes ?? null),
    failures: rows.map((row) => row?.failures ?? null),
    rejections: rows.map((row) => row?.rejections ?? null),
    spared: rows.map((row) => row?.spared ?? null),
    p50: rows.map((row) => row?.p50 ?? null),
    p95: rows.map((row) => row?.p95 ?? null),
    p99: rows.map((row) => row?.p99 ?? null),
  }
}

/** The latency over a range, as far as a mock needs it. */
export function latencyOf(series: OutcomeSeries): LatencyView {
  const middle = (column: readonly (number | null)[]): number | null => {
    const known = column.filter((value) => value !== null).sort((a, b) => a - b)
    return known[Math.floor(known.length / 2)] ?? null
  }
  return {
    p50: middle(series.p50),
    p95: middle(series.p95),
    p99: middle(series.p99),
    maxMs: Math.max(0, ...series.p99.map((value) => value ?? 0)),
  }
}

/** All services, for totals. */
export const everyService: readonly string[] = serviceNames
