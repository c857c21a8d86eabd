import type { ExpositionFormat } from './exposition-format.ts'

/** Names and values that tell one series of a metric from another. */
export type Labels = Readonly<Record<string, string>>

/** One line of a series: a histogram has several, with a suffix or a bound. */
export interface Point {
  readonly suffix?: string
  /** The upper bound of a histogram's bucket, as text. */
  readonly le?: string
  readonly value: number
}

/** All series of one metric. */
export interface MetricFamily {
  /** Without `_total`. */
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly help: string
  /** By {@link labelText}, so that no series is there twice, whatever it is called. */
  readonly series: Map<string, readonly Point[]>
}

/**
 * Writes a metric with what is said about it, its series sorted by their labels; nothing when it has none.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 * @see https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md
 */
export function writeFamily(family: MetricFamily, format: ExpositionFormat): string {
  if (family.series.size === 0) return ''
  const { name, type, help } = family
  const sampleName = type === 'counter' ? `${name}_total` : name
  const isOpen = format === 'openmetrics'
  const about = isOpen ? name : sampleName
  const lines = [`# HELP ${about} ${helpText(help, format)}`, `# TYPE ${about} ${type}`]
  if (isOpen && name.endsWith('_seconds')) lines.push(`# UNIT ${about} seconds`)
  const labels = [...family.series.keys()].sort()
  for (const text of labels) {
    for (const point of family.series.get(text) ?? []) lines.push(lineOf(sampleName, text, point))
  }
  return `${lines.join('\n')}\n`
}

/** Labels as they stand between the braces. */
export function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeQuoted(value)}"`)
    .join(',')
}

function lineOf(name: string, labels: string, { suffix = '', le, value }: Point): string {
  const bound = le === undefined ? '' : `le="${le}"`
  const all = labels !== '' && bound !== '' ? `${labels},${bound}` : labels + bound
  return `${name}${suffix}${all === '' ? '' : `{${all}}`} ${numberText(value)}`
}

/** Only OpenMetrics has escaped quotes here: a parser of the older format would show the backslash. */
function helpText(text: string, format: ExpositionFormat): string {
  return format === 'openmetrics' ? escapeQuoted(text) : escapePlain(text)
}

function escapeQuoted(text: string): string {
  return escapePlain(text).replaceAll('"', '\\"')
}

/** Half of a surrogate pair is no text in UTF-8, and two of them would become the same series. */
function escapePlain(text: string): string {
  return text.toWellFormed().replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value)
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}
