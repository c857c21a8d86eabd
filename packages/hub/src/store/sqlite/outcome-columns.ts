import type { OutcomeTotals } from 'breakwater/protocol'

/** The counters of calls and the columns they are kept in, in one order. */
export const outcomeColumns: Readonly<Record<keyof OutcomeTotals, string>> = {
  calls: 'calls',
  successes: 'successes',
  failures: 'failures',
  rejections: 'rejections',
  cancellations: 'cancellations',
  attempts: 'attempts',
  attemptFailures: 'attempt_failures',
  sparedByRetry: 'spared_by_retry',
  sparedByFallback: 'spared_by_fallback',
  sparedByCache: 'spared_by_cache',
  sparedByHedge: 'spared_by_hedge',
}

/** The column names, in order. */
export const outcomeColumnNames: readonly string[] = Object.values(outcomeColumns)

/** Beyond this a sum stays where it is: numbers above are not exact, and the driver refuses to read them. */
export const maxSum: number = Number.MAX_SAFE_INTEGER

/** The counters in the order of the columns. */
export function outcomeValues(totals: OutcomeTotals): number[] {
  return [
    totals.calls,
    totals.successes,
    totals.failures,
    totals.rejections,
    totals.cancellations,
    totals.attempts,
    totals.attemptFailures,
    totals.sparedByRetry,
    totals.sparedByFallback,
    totals.sparedByCache,
    totals.sparedByHedge,
  ]
}

/** The counters of a row. */
export function outcomeTotals(row: Readonly<Record<string, unknown>>): OutcomeTotals {
  return {
    calls: Number(row['calls']),
    successes: Number(row['successes']),
    failures: Number(row['failures']),
    rejections: Number(row['rejections']),
    cancellations: Number(row['cancellations']),
    attempts: Number(row['attempts']),
    attemptFailures: Number(row['attempt_failures']),
    sparedByRetry: Number(row['spared_by_retry']),
    sparedByFallback: Number(row['spared_by_fallback']),
    sparedByCache: Number(row['spared_by_cache']),
    sparedByHedge: Number(row['spared_by_hedge']),
  }
}
