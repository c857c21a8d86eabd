import { mustBe } from '../../config/check-option.ts'
import { type InstrumentFacts, type InstrumentName, instruments, readInstruments } from '../instruments.ts'
import type { RuntimeSnapshot } from '../runtime-api.ts'
import { histogramPoints } from './latency-histogram.ts'
import { type Labels, labelText, type MetricFamily, writeFamily } from './metric-family.ts'
import { type PrometheusOptions, resolvePrometheusOptions } from './prometheus-options.ts'

/** What is scraped: a runtime, or something else that has its snapshot. */
export interface ScrapedRuntime {
  snapshot(): RuntimeSnapshot
}

/**
 * Writes what a runtime counts for Prometheus to scrape: the text format 0.0.4, or OpenMetrics 1.0.0.
 *
 * The metrics are those of `observeRuntime`, and the duration of calls as a histogram. Counters go on from the start of the
 * runtime and never go down. A scrape takes nothing from a reporter, and calls cost nothing more. The lines are sorted; there
 * are at most as many operations and policies as a runtime has metrics of.
 *
 * Of a list of runtimes each series has a label `service` too; of one runtime it has none, as Prometheus knows whom it scrapes.
 *
 * @throws {RangeError | TypeError} when an option is wrong, or two runtimes of the list are of the same service
 * @example
 * createServer((request, response) => {
 *   const { format, contentType } = expositionFormat(request.headers.accept)
 *   response.setHeader('content-type', contentType).end(prometheusText(bw, { format }))
 * }).listen(9464)
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function prometheusText(
  runtime: ScrapedRuntime | readonly ScrapedRuntime[],
  options: PrometheusOptions = {},
): string {
  const { format, latencyBoundsSeconds } = resolvePrometheusOptions(options)
  const durations = durationFamily()
  const families = instrumentFamilies()
  for (const { snapshot, own } of sourcesOf(runtime)) {
    readInstruments(snapshot, (name, value, attributes) => {
      families[name].series.set(labelText({ ...own, ...attributes }), [{ value }])
    })
    for (const [operation, { latency }] of Object.entries(snapshot.operations))
      durations.series.set(labelText({ ...own, operation }), histogramPoints(latency, latencyBoundsSeconds))
  }
  const written = [...Object.values(families), durations].map((family) => writeFamily(family, format))
  return written.join('') + (format === 'openmetrics' ? '# EOF\n' : '')
}

interface Source {
  readonly snapshot: RuntimeSnapshot
  /** The labels of all its series. */
  readonly own: Labels
}

function sourcesOf(runtime: ScrapedRuntime | readonly ScrapedRuntime[]): readonly Source[] {
  if ('snapshot' in runtime) return [{ snapshot: runtime.snapshot(), own: {} }]
  const snapshots = runtime.map((one) => one.snapshot())
  const services = snapshots.map(({ identity }) => identity.service)
  if (new Set(services).size < services.length)
    throw new RangeError(
      mustBe("Prometheus text as 'runtimes'", 'of different services', services.join(', ')),
    )
  return snapshots.map((snapshot) => ({ snapshot, own: { service: snapshot.identity.service } }))
}

function instrumentFamilies(): Record<InstrumentName, MetricFamily> {
  const families = Object.entries(instruments).map(([name, facts]) => [name, familyOf(name, facts)])
  return Object.fromEntries(families) as Record<InstrumentName, MetricFamily>
}

function familyOf(name: string, { kind, unit, description: help }: InstrumentFacts): MetricFamily {
  const plain = `breakwater_${name.replaceAll('.', '_')}`
  return {
    name: unit === 's' ? `${plain}_seconds` : plain,
    type: kind === 'Counter' ? 'counter' : 'gauge',
    help,
    series: new Map(),
  }
}

function durationFamily(): MetricFamily {
  return {
    name: 'breakwater_call_duration_seconds',
    type: 'histogram',
    help: 'How long whole calls took, retries and waits included; those that the caller aborted are left out',
    series: new Map(),
  }
}
