import type { OperationCounts } from '../metrics/operation-counts.ts'
import type { BreakerState, PolicyFacts } from '../protocol/policy-facts.ts'
import type { RuntimeSnapshot } from './runtime-api.ts'

/** What is said about an instrument when it is made. */
export interface InstrumentOptions {
  /** What it says, for a person. */
  readonly description: string
  /** In the notation of UCUM: `{call}`, or `1` for a plain number. */
  readonly unit: string
}

/** Takes the values when somebody collects them. */
export interface MeterReading<Instrument> {
  observe(instrument: Instrument, value: number, attributes: Record<string, string>): void
}

/** What is needed of an OpenTelemetry `Meter`: one of `@opentelemetry/api` 1.3 or later fits as it is. */
export interface RuntimeMeter<Instrument> {
  createObservableCounter(name: string, options: InstrumentOptions): Instrument
  createObservableGauge(name: string, options: InstrumentOptions): Instrument
  addBatchObservableCallback(
    callback: (reading: MeterReading<Instrument>) => void,
    instruments: Instrument[],
  ): void
  removeBatchObservableCallback(
    callback: (reading: MeterReading<Instrument>) => void,
    instruments: Instrument[],
  ): void
}

/** By name, as a meter knows them. */
const instruments = {
  calls: { kind: 'Counter', unit: '{call}', description: 'Calls that ended, by outcome' },
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
  'policy.level': { kind: 'Gauge', unit: '1', description: 'How policies stand: active, queued, limit, …' },
  'circuit_breaker.state': { kind: 'Gauge', unit: '1', description: '0 closed, 1 half-open, 2 open' },
} as const

type InstrumentName = keyof typeof instruments
type Observe = (name: InstrumentName, value: number, attributes: Record<string, string>) => void

const states: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 }

/**
 * Lets a meter of OpenTelemetry read what a runtime counts: nothing happens until it collects, and calls cost nothing more.
 * All names begin with `breakwater.`; counters go on from the start of the runtime.
 *
 * @returns stops it
 * @example
 * const stop = observeRuntime(bw, metrics.getMeter('breakwater'))
 */
export function observeRuntime<Instrument>(
  runtime: { snapshot(): RuntimeSnapshot },
  meter: RuntimeMeter<Instrument>,
): () => void {
  const made = new Map<InstrumentName, Instrument>()
  for (const name of Object.keys(instruments) as InstrumentName[]) {
    const { kind, ...options } = instruments[name]
    made.set(name, meter[`createObservable${kind}`](`breakwater.${name}`, options))
  }
  const read = (reading: MeterReading<Instrument>): void => {
    const { operations, policies } = runtime.snapshot()
    const observe: Observe = (name, value, attributes) => {
      const instrument = made.get(name)
      if (instrument !== undefined) reading.observe(instrument, value, attributes)
    }
    for (const [operation, counts] of Object.entries(operations)) observeOperation(operation, counts, observe)
    for (const policy of policies) observePolicy(policy, observe)
  }
  meter.addBatchObservableCallback(read, [...made.values()])
  return () => meter.removeBatchObservableCallback(read, [...made.values()])
}

function observeOperation(operation: string, counts: OperationCounts, observe: Observe): void {
  const { successes, failures, rejections, cancellations, attempts, attemptFailures } = counts
  const outcomes = {
    success: successes,
    failure: failures,
    rejection: rejections,
    cancellation: cancellations,
  }
  const {
    sparedByRetry: retry,
    sparedByFallback: fallback,
    sparedByCache: cache,
    sparedByHedge: hedge,
  } = counts
  for (const [outcome, value] of Object.entries(outcomes)) observe('calls', value, { operation, outcome })
  for (const [by, value] of Object.entries({ retry, fallback, cache, hedge }))
    observe('calls.spared', value, { operation, by })
  observe('attempts', attempts, { operation })
  observe('attempts.failed', attemptFailures, { operation })
}

function observePolicy(
  { kind, name: policy, counters, gauges, breaker }: PolicyFacts,
  observe: Observe,
): void {
  for (const [event, value] of Object.entries(counters))
    observe('policy.events', value, { kind, policy, event })
  for (const [gauge, value] of Object.entries(gauges)) observe('policy.level', value, { kind, policy, gauge })
  if (breaker !== undefined) observe('circuit_breaker.state', states[breaker.state], { policy })
}
