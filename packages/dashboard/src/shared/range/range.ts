import type { Query } from '../router/query.ts'

/** A range that follows the present, or one that stands still. */
export type TimeRange =
  | { readonly kind: 'live'; readonly preset: string; readonly spanMs: number }
  | { readonly kind: 'fixed'; readonly preset: string; readonly from: number; readonly to: number }

/** Start and end, epoch milliseconds. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A length of time that can be followed live. */
export interface RangePreset {
  readonly name: string
  readonly label: string
  readonly spanMs: number
}

const minuteMs = 60_000

/** The lengths that are offered, the default first among equals: `15m`. */
export const rangePresets: readonly RangePreset[] = [
  { name: '5m', label: 'Last 5 minutes', spanMs: 5 * minuteMs },
  { name: '15m', label: 'Last 15 minutes', spanMs: 15 * minuteMs },
  { name: '1h', label: 'Last hour', spanMs: 60 * minuteMs },
  { name: '6h', label: 'Last 6 hours', spanMs: 360 * minuteMs },
  { name: '24h', label: 'Last 24 hours', spanMs: 1_440 * minuteMs },
  { name: '7d', label: 'Last 7 days', spanMs: 10_080 * minuteMs },
]

const defaultPreset = '15m'
const latestMs = 8_640_000_000_000_000

/** The range that a query asks for; nonsense gives the default, live 15 minutes. */
export function parseRange(query: Query): TimeRange {
  const preset = presetNamed(query.range)
  const from = parseTime(query.from)
  const to = parseTime(query.to)
  if (from !== undefined && to !== undefined && from < to)
    return { kind: 'fixed', preset: preset.name, from, to }
  return { kind: 'live', preset: preset.name, spanMs: preset.spanMs }
}

/** The query that asks for a live range. */
export function liveQuery(preset: string): Query {
  return { range: preset === defaultPreset ? '' : preset, from: '', to: '' }
}

/** The query that asks for a fixed range; the preset stays for the way back to live. */
export function fixedQuery({ from, to }: Span): Query {
  return { from: String(Math.round(from)), to: String(Math.round(to)) }
}

/** Start and end of a range at a time. */
export function spanOf(range: TimeRange, now: number): Span {
  return range.kind === 'fixed' ? { from: range.from, to: range.to } : { from: now - range.spanMs, to: now }
}

/** How long a range is, milliseconds. */
export function lengthOf(range: TimeRange): number {
  return range.kind === 'live' ? range.spanMs : range.to - range.from
}

/** What names a range in a cache: a live one is the same whenever it is asked for. */
export function rangeKey(range: TimeRange): string {
  return range.kind === 'live' ? range.preset : `${range.from}-${range.to}`
}

/** The preset of that name, or the default. */
export function presetNamed(name: string | undefined): RangePreset {
  const fallback: RangePreset = { name: defaultPreset, label: 'Last 15 minutes', spanMs: 15 * minuteMs }
  return rangePresets.find((preset) => preset.name === name) ?? fallback
}

function parseTime(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return undefined
  const time = Number(text)
  return time <= latestMs ? time : undefined
}
