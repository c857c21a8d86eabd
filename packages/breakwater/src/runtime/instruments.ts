import type { OperationTotals } from '../metrics/operation-counts.ts'
import type { BreakerState, PolicyFacts } from '../protocol/policy-facts.ts'
import type { RuntimeSnapshot } from './runtime-api.ts'

/** What a metric is: the same for OpenTelemetry and for Prometheus, which derive their names from it. */
export interface InstrumentFacts {
  readonly kind: 'Counter' | 'Gauge'
  /** In the notation of UCUM: `{call}`, or `s` for seconds. Never `1`, which exporters to Prometheus call a ratio. */
  readonly unit: string
  readonly description: string
}

/** Without the prefix `breakwater.` that all have. */
export type InstrumentName =
  | 'calls'
  | 'calls.in_flight'
  | 'calls.spared'
  | 'attempts'
  | 'attempts.failed'
  | 'policy.events'
  | 'policy.level'
  | 'policy.duration'
  | 'circuit_breaker.state'
  | 'dropped'

/** In the order in which they are written. */
export const instruments: Readonly<Record<InstrumentName, InstrumentFacts>> = {
  calls: { kind: 'Counter', unit: '{call}', description: 'Calls that ended, by outcome' },
  'calls.in_flight': { kind: 'Gauge', unit: '{call}', description: 'Calls that run now' },
  'calls.spared': {
    kind: 'Counter',
    unit: '{call}',
    description: 'Successes that a policy made of failures',
  },
  attempts: {
    kind: 'Counter',
    unit: '{attempt}',
    description: 'Runs of the work, retries and hedges included',
  },
  'attempts.failed': { kind: 'Counter', unit: '{attempt}', description: 'Runs of the work that failed' },
  'policy.events': {
    kind: 'Counter',
    unit: '{event}',
    description: 'What policies count: admitted, rejected, …',
  },
  'policy.level': {
    kind: 'Gauge',
    unit: '{level}',
    description: 'How policies stand: active, queued, limit, …',
  },
  'policy.duration': {
    kind: 'Gauge',
    unit: 's',
    description: 'The times of policies: limit, delay, interval, …',
  },
  'circuit_breaker.state': { kind: 'Gauge', unit: '{state}', description: '0 closed, 1 half-open, 2 open' },
  dropped: {
    kind: 'Counter',
    unit: '{item}',
    description:
      'Pipelines and policies beyond the limits of the runtime, which have no metrics of their own',
  },
}

/** What tells the values of one metric apart. */
export type Attributes = Readonly<Record<string, string>>

/** Is told one value. */
export type Observe = (name: InstrumentName, value: number, attributes: Attributes) => void

const states: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 }

/** Tells each value of a snapshot once. */
export function readInstruments({ operations, policies, dropped }: RuntimeSnapshot, observe: Observe): void {
  for (const [operation, totals] of Object.entries(operations)) readOperation(operation, totals, observe)
  for (const policy of policies) readPolicy(policy, observe)
  observe('dropped', dropped.operations, { what: 'operation' })
  observe('dropped', dropped.policies, { what: 'policy' })
}

function readOperation(operation: string, totals: OperationTotals, observe: Observe): void {
  const { successes: success, failures: failure, rejections: rejection, cancellations: cancellation } = totals
  for (const [outcome, value] of Object.entries({ success, failure, rejection, cancellation }))
    observe('calls', value, { operation, outcome })
  observe('calls.in_flight', totals.inFlight, { operation })
  const {
    sparedByRetry: retry,
    sparedByFallback: fallback,
    sparedByCache: cache,
    sparedByHedge: hedge,
  } = totals
  for (const [by, value] of Object.entries({ retry, fallback, cache, hedge }))
    observe('calls.spared', value, { operation, by })
  observe('attempts', totals.attempts, { operation })
  observe('attempts.failed', totals.attemptFailures, { operation })
}

function readPolicy({ kind, name: policy, counters, gauges, breaker }: PolicyFacts, observe: Observe): void {
  for (const [event, value] of Object.entries(counters))
    observe('policy.events', value, { kind, policy, event })
  for (const [gauge, value] of Object.entries(gauges)) {
    if (gauge.endsWith('Ms'))
      observe('policy.duration', value / 1_000, { kind, policy, gauge: gauge.slice(0, -2) })
    else observe('policy.level', value, { kind, policy, gauge })
  }
  if (breaker !== undefined) observe('circuit_breaker.state', states[breaker.state], { policy })
}
