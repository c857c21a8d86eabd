import type { OperationFacts } from '../protocol/operation-facts.ts'

/** The counters of an operation, without its name, its gauge and its latency. */
export type OperationCounts = Omit<OperationFacts, 'operation' | 'inFlight' | 'latency'>

/** The same since the start, with the gauge and the latency of all calls since then. */
export type OperationTotals = Omit<OperationFacts, 'operation'>

/** No call at all. */
export const noCounts: OperationCounts = Object.freeze({
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
})

/** What was added between two readings of the same counters. */
export function countsSince(now: OperationCounts, before: OperationCounts): OperationCounts {
  return {
    calls: now.calls - before.calls,
    successes: now.successes - before.successes,
    failures: now.failures - before.failures,
    rejections: now.rejections - before.rejections,
    cancellations: now.cancellations - before.cancellations,
    attempts: now.attempts - before.attempts,
    attemptFailures: now.attemptFailures - before.attemptFailures,
    sparedByRetry: now.sparedByRetry - before.sparedByRetry,
    sparedByFallback: now.sparedByFallback - before.sparedByFallback,
    sparedByCache: now.sparedByCache - before.sparedByCache,
    sparedByHedge: now.sparedByHedge - before.sparedByHedge,
  }
}
