import { latencyQuantile } from 'breakwater/protocol'
import type { SideTotals } from '../load/side-recorder.ts'
import type { PhaseFigures, SideFigures } from './demo-report.ts'

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
export function sideDifference(after: SideTotals, before: SideTotals): PhaseFigures['protected'] {
  return {
    requests: after.requests - before.requests,
    full: after.full - before.full,
    degraded: after.degraded - before.degraded,
    errors: after.errors - before.errors,
  }
}
