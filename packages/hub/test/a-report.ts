import {
  emptyLatency,
  type FaultFacts,
  type OperationFacts,
  type PolicyFacts,
  type Report,
} from 'breakwater/protocol'

/** A valid report with nothing in it, of the second before `to`. */
export function aReport(parts: Partial<Report> & { readonly to: number }): Report {
  return {
    protocol: 1,
    identity: { service: 'payments', instance: 'payments-1', startedAt: parts.to - 60_000 },
    sequence: 1,
    from: parts.to - 1_000,
    operations: [],
    policies: [],
    faults: [],
    events: [],
    dropped: { reports: 0, events: 0, faultGroups: 0, faultCounts: 0, operations: 0 },
    ...parts,
  }
}

/** An operation's facts; calls that are not told otherwise succeed. */
export function anOperation(parts: Partial<OperationFacts> = {}): OperationFacts {
  const { failures = 0, rejections = 0, cancellations = 0, successes = 0 } = parts
  const calls = successes + failures + rejections + cancellations
  return {
    operation: 'charge',
    ...{ calls, successes, failures, rejections, cancellations },
    ...{ attempts: calls, attemptFailures: failures },
    ...{ sparedByRetry: 0, sparedByFallback: 0, sparedByCache: 0, sparedByHedge: 0, inFlight: 0 },
    latency: emptyLatency,
    ...parts,
  }
}

/** A circuit breaker's facts. */
export function aBreaker(
  parts: { since: number } & Partial<NonNullable<PolicyFacts['breaker']>>,
): PolicyFacts {
  return {
    kind: 'circuit-breaker',
    name: 'stripe',
    counters: { rejected: 2 },
    gauges: { active: 1 },
    breaker: {
      ...{ state: 'closed', override: 'automatic', reason: 'as it should be', closesWhen: '' },
      ...{
        windowCalls: 10,
        windowFailures: 0,
        windowMs: 30_000,
        failureRatio: 0.5,
        threshold: 0,
        minimumCalls: 20,
      },
      nextTrialAt: null,
      ...parts,
    },
  }
}

/** A fault that happened `count` times in one operation, with one exemplar. */
export function aFault(parts: Partial<FaultFacts> & { readonly lastAt: number }): FaultFacts {
  const { count = 1, lastAt } = parts
  return {
    fingerprint: 'ab'.repeat(8),
    groupedBy: 'type + message',
    ...{ name: 'TypeError', message: 'x is undefined', culprit: 'charge (src/payments.ts)' },
    ...{ category: 'technical/system', severity: 'high', retryability: 'not-retryable' },
    ...{ count, operations: { charge: count }, firstAt: lastAt },
    exemplars: [{ id: `e-${lastAt}`, at: lastAt, error: { name: 'TypeError', message: 'x is undefined' } }],
    ...parts,
  }
}
