import { defaultRangeMs, type ResolvedRange, resolveRange } from '../analyse/range.ts'
import { ApiError } from './api-error.ts'

/** A request's query parameters as they came. */
export type Query = Readonly<Record<string, unknown>>

const maxRangeMs = 366 * 86_400_000
const maxText = 200

/** The range that a request asks for; the last 15 minutes where it names none. */
export function readRange(query: Query, now: number): ResolvedRange {
  // The end is exclusive, and what happened this millisecond is to be seen.
  const to = readNumber(query, 'to', { fallback: now + 1, max: Number.MAX_SAFE_INTEGER })
  const from = readNumber(query, 'from', { fallback: Math.max(0, to - defaultRangeMs), max: to })
  // Beyond now there is nothing to show, and a range that has no end would have no steps.
  const end = Math.max(from + 1, Math.min(to, now + 1))
  if (end - from > maxRangeMs) throw invalid('from', 'at most 366 days before to', from)
  return resolveRange({ from, to: end }, now)
}

/** A whole number from 0 to `max`. */
export function readNumber(
  query: Query,
  name: string,
  { fallback, max }: { fallback: number; max: number },
): number {
  const value = query[name]
  if (value === undefined || value === '') return fallback
  if (typeof value === 'string' && /^\d{1,16}$/.test(value) && Number(value) <= max) return Number(value)
  throw invalid(name, `a whole number from 0 to ${max}`, value)
}

/** `{}` or `{ name: text }`, under another name where one is given; an empty text counts as none. */
export function readText<Name extends string>(
  query: Query,
  parameter: string,
  name: Name,
): { readonly [key in Name]?: string } {
  const value = query[parameter]
  if (value === undefined || value === '') return {}
  if (typeof value !== 'string' || value.length > maxText) {
    throw invalid(parameter, `one text of at most ${maxText} characters`, value)
  }
  return { [name]: value } as { [key in Name]?: string }
}

/** One of a list of words; undefined where there is none. */
export function readChoice<Word extends string>(
  query: Query,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = query[name]
  if (value === undefined || value === '') return undefined
  const found = words.find((word) => word === value)
  if (found !== undefined) return found
  throw invalid(name, `one of ${words.join(', ')}`, value)
}

function invalid(field: string, rule: string, value: unknown): ApiError {
  const shown = JSON.stringify(value)?.slice(0, 100).toWellFormed()
  return new ApiError('INVALID_FIELD', `'${field}' must be ${rule}: current value is ${shown}`, { field })
}
