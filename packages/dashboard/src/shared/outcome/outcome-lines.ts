import type { OutcomeSeries } from 'breakwater/protocol'
import type { ChartLine } from '../chart/chart-line.ts'
import { perSecond, type StepLengths } from './rates.ts'

/**
 * The outcomes of calls as four lines that add up to all calls that were not cancelled, the bad ones
 * at the bottom, where they stand on the axis and can be compared.
 */
export function outcomeLines(series: OutcomeSeries, steps: StepLengths): ChartLine[] {
  const plain = series.successes.map((count, i) => (count === null ? null : count - (series.spared[i] ?? 0)))
  return [
    {
      key: 'plain',
      label: 'succeeded',
      color: 'quiet',
      fill: 'quiet-fill',
      values: perSecond(plain, steps),
    },
    {
      key: 'spared',
      label: 'spared',
      color: 'ok',
      fill: 'ok-fill',
      values: perSecond(series.spared, steps),
    },
    {
      key: 'rejections',
      label: 'rejected',
      color: 'degraded',
      fill: 'degraded-fill',
      values: perSecond(series.rejections, steps),
    },
    {
      key: 'failures',
      label: 'failed',
      color: 'failing',
      fill: 'failing-fill',
      values: perSecond(series.failures, steps),
    },
  ]
}

/** The latency of calls as three lines, the highest first, with a band from the first to the last. */
export function latencyLines(series: OutcomeSeries): ChartLine[] {
  return [
    { key: 'p99', label: 'p99', color: 'quiet', values: series.p99 },
    { key: 'p95', label: 'p95', color: 'unknown', values: series.p95 },
    { key: 'p50', label: 'p50', color: 'ink', widthPx: 1.5, values: series.p50 },
  ]
}
