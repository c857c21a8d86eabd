import { type InstrumentName, instruments, readInstruments } from './instruments.ts'
import type { RuntimeSnapshot } from './runtime-api.ts'

/** What is said about an instrument when it is made. */
export interface InstrumentOptions {
  /** What it says, for a person. */
  readonly description: string
  /** In the notation of UCUM: `{call}`, or `s` for seconds. */
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
    readInstruments(runtime.snapshot(), (name, value, attributes) => {
      const instrument = made.get(name)
      if (instrument !== undefined) reading.observe(instrument, value, attributes)
    })
  }
  meter.addBatchObservableCallback(read, [...made.values()])
  return () => meter.removeBatchObservableCallback(read, [...made.values()])
}
