import { latencyQuantile } from 'breakwater/protocol'
import type { SideTotals } from '../load/side-recorder.ts'
import type { SideFigures } from './demo-report.ts'
import { latencyDifference } from './latency-difference.ts'

/** What one storefront's users got, with quantiles. */
export function sideFigures(totals: SideTotals): SideFigures {
  const { requests, full, degraded, errors, dropped, latency } = totals
  const quantile = (q: number): number | null => latencyQuantile(latency, q) ?? null
  return {
    ...{ requests, full, degraded, errors, dropped },
    successRatio: requests === 0 ? null : (full + degraded) / requests,
    ...{ p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) },
  }
}

/** What came between two moments. */
export function sideDifference(after: SideTotals, before: SideTotals): SideTotals {
  return {
    requests: after.requests - before.requests,
    full: after.full - before.full,
    degraded: after.degraded - before.degraded,
    errors: after.errors - before.errors,
    dropped: after.dropped - before.dropped,
    latency: latencyDifference(after.latency, before.latency),
  }
}
