import type { OutcomeTotals } from 'breakwater/protocol'

/** Calls that were answered although their first attempt failed: what users were spared. */
export function sparedOf(totals: OutcomeTotals): number {
  return totals.sparedByRetry + totals.sparedByFallback + totals.sparedByCache + totals.sparedByHedge
}

/** Calls that got no answer: failed or refused. */
export function errorsOf(totals: OutcomeTotals): number {
  return totals.failures + totals.rejections
}

/** By what means users were spared, the most frequent first: `312 by fallback, 40 by retry`. */
export function sparedWords(totals: OutcomeTotals): string {
  const means: [string, number][] = [
    ['fallback', totals.sparedByFallback],
    ['retry', totals.sparedByRetry],
    ['cache', totals.sparedByCache],
    ['hedge', totals.sparedByHedge],
  ]
  return means
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${count.toLocaleString('en-GB')} by ${name}`)
    .join(', ')
}
