import { expect, it } from 'vitest'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { fallback } from '../fallback/fallback.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import {
  type InstrumentOptions,
  type MeterReading,
  observeRuntime,
  type RuntimeMeter,
} from './observe-runtime.ts'
import { createRuntime } from './runtime.ts'

interface Instrument {
  readonly name: string
  readonly kind: 'counter' | 'gauge'
}

/** A meter that collects when it is told to. */
class Meter implements RuntimeMeter<Instrument> {
  readonly made: (Instrument & InstrumentOptions)[] = []
  #callbacks: ((reading: MeterReading<Instrument>) => void)[] = []

  createObservableCounter(name: string, options: InstrumentOptions): Instrument {
    return this.#make({ name, kind: 'counter', ...options })
  }

  createObservableGauge(name: string, options: InstrumentOptions): Instrument {
    return this.#make({ name, kind: 'gauge', ...options })
  }

  addBatchObservableCallback(callback: (reading: MeterReading<Instrument>) => void): void {
    this.#callbacks.push(callback)
  }

  removeBatchObservableCallback(callback: (reading: MeterReading<Instrument>) => void): void {
    this.#callbacks = this.#callbacks.filter((other) => other !== callback)
  }

  /** Each value, by the name of its instrument and the values of its attributes. */
  collect(): Record<string, number> {
    const values: Record<string, number> = {}
    const observe = ({ name }: Instrument, value: number, attributes: Record<string, string>): void => {
      values[[name, ...Object.values(attributes)].join(' ')] = value
    }
    for (const callback of this.#callbacks) callback({ observe })
    return values
  }

  #make(instrument: Instrument & InstrumentOptions): Instrument {
    this.made.push(instrument)
    return instrument
  }
}

function setUp() {
  const clock = new FakeClock()
  const bw = createRuntime({ service: 'shop', clock })
  const meter = new Meter()
  return { clock, bw, meter, stop: observeRuntime(bw, meter) }
}

it('observeRuntime() tells a meter the outcomes and attempts of each operation since the start', async () => {
  const { bw, meter } = setUp()
  const policies = [fallback(() => 'later'), retry({ maxRetries: 1, backoff: fixed({ delayMs: 0 }) })]
  const stock = bw.pipeline({ operation: 'stock', policies })
  await stock.run(() => 'fine')
  await stock.run(() => Promise.reject(new Error('down')))
  await stock.run(() => 1, { signal: AbortSignal.abort('gone') }).catch(() => 1)

  expect(meter.collect()).toMatchObject({
    'breakwater.calls stock success': 2,
    'breakwater.calls stock failure': 0,
    'breakwater.calls stock rejection': 0,
    'breakwater.calls stock cancellation': 1,
    'breakwater.calls.spared stock fallback': 1,
    'breakwater.calls.spared stock retry': 0,
    'breakwater.attempts stock': 3,
    'breakwater.attempts.failed stock': 2,
  })
})

it('observeRuntime() tells a meter what each policy counts, how it stands, and the state of breakers', async () => {
  const { clock, bw, meter } = setUp()
  const slots = bw.bulkhead('smtp', { limit: 3 })
  const breaker = circuitBreaker({ name: 'bank', consecutiveFailures: 1, openMs: 1_000, jitter: 0, clock })
  const line = bw.pipeline({ operation: 'mail', policies: [breaker, slots] })
  await line.run(() => 'fine')
  const closed = meter.collect()
  await line.run(() => Promise.reject(new Error('down'))).catch(() => 1)
  const open = meter.collect()
  await clock.advance(1_000)
  breaker.tryAcquire()
  const halfOpen = meter.collect()

  expect(open).toMatchObject({
    'breakwater.policy.events bulkhead smtp admitted': 2,
    'breakwater.policy.level bulkhead smtp limit': 3,
    'breakwater.policy.level bulkhead smtp active': 0,
    'breakwater.policy.events circuit-breaker bank opened': 1,
    'breakwater.dropped policy': 0,
  })
  const states = [closed, open, halfOpen].map((values) => values['breakwater.circuit_breaker.state bank'])
  expect(states).toEqual([0, 2, 1])
})

it('observeRuntime() tells a meter the times of policies in seconds', () => {
  const { bw, meter } = setUp()
  bw.pipeline({ operation: 'mail', policies: [timeout({ ms: 250 })] })

  const values = meter.collect()

  expect(values['breakwater.policy.duration timeout mail limit']).toBe(0.25)
  expect(Object.keys(values).filter((name) => name.startsWith('breakwater.policy.level'))).toEqual([])
})

it('observeRuntime() tells a meter what runs now', async () => {
  const { bw, meter } = setUp()
  let end = (): void => undefined
  const call = bw.pipeline({ operation: 'mail', policies: [] }).run(
    () =>
      new Promise<void>((resolve) => {
        end = resolve
      }),
  )
  const running = meter.collect()
  end()
  await call

  const values = [running, meter.collect()].map((at) => at['breakwater.calls.in_flight mail'])
  expect(values).toEqual([1, 0])
})

it('observeRuntime() makes counters of what only grows and gauges of the rest, each with a unit and a description', () => {
  const { meter } = setUp()

  const kinds = meter.made.map(({ name, kind }) => `${name} ${kind}`)
  expect(kinds).toEqual([
    'breakwater.calls counter',
    'breakwater.calls.in_flight gauge',
    'breakwater.calls.spared counter',
    'breakwater.attempts counter',
    'breakwater.attempts.failed counter',
    'breakwater.policy.events counter',
    'breakwater.policy.level gauge',
    'breakwater.policy.duration gauge',
    'breakwater.circuit_breaker.state gauge',
    'breakwater.dropped counter',
  ])
  expect(meter.made.every(({ unit, description }) => unit !== '' && description !== '')).toBe(true)
})

it('observeRuntime() says nothing more once it was stopped', async () => {
  const { bw, meter, stop } = setUp()
  await bw.pipeline({ operation: 'stock', policies: [] }).run(() => 1)

  stop()

  expect(meter.collect()).toEqual({})
})
