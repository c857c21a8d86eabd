import { readProperty } from '../faults/read-property.ts'

/** What an error says about when to come back: milliseconds from now, not to come back at all, or nothing. */
export type RetryHint = number | 'never' | undefined

type Reader = (text: string, epochNow: number) => RetryHint

/** What headers come in. */
interface Bag {
  readonly get?: (name: string) => unknown
  readonly [name: string]: unknown
}

/** The longest header that is looked at: a date has 29 characters. */
const longestText = 64

/** The more precise first. */
const headers: readonly (readonly [name: string, read: Reader])[] = [
  ['retry-after-ms', decimal],
  ['x-ms-retry-after-ms', decimal],
  ['grpc-retry-pushback-ms', (text) => (/^\d+$/.test(text) ? Number(text) : 'never')],
  ['retry-after', seconds],
]

/**
 * Reads when the dependency wants to be asked again: `error.retryAfterMs`, then the headers `retry-after-ms`,
 * `x-ms-retry-after-ms`, `grpc-retry-pushback-ms` and `Retry-After` (seconds or a date) of the error, of its response,
 * or of its gRPC metadata. Headers may be a `Headers`, a plain object or a gRPC `Metadata`.
 * What is negative, past or no number is ignored, except that a gRPC pushback which is no number says `never`.
 * Never throws.
 *
 * @param epochNow milliseconds since 1970, which dates are counted from
 * @see RFC 9110 section 10.2.3; gRPC proposal A6, "Pushback"
 */
export function retryHint(error: unknown, epochNow: number): RetryHint {
  const own = readProperty(error, 'retryAfterMs')
  if (typeof own === 'number' && own >= 0 && own < Infinity) return own
  const response = readProperty(error, 'response') ?? readProperty(error, '$response')
  return (
    hintIn(readProperty(error, 'headers'), epochNow) ??
    hintIn(readProperty(response, 'headers'), epochNow) ??
    hintIn(readProperty(error, 'metadata'), epochNow)
  )
}

function hintIn(bag: unknown, epochNow: number): RetryHint {
  if (typeof bag !== 'object' || bag === null) return undefined
  for (const [name, read] of headers) {
    const text = headerText(bag as Bag, name)
    const hint = text === '' ? undefined : read(text, epochNow)
    if (hint !== undefined) return hint
  }
  return undefined
}

/** The header's text; '' when there is none, or none to read. */
function headerText(bag: Bag, name: string): string {
  const found = quietly(() => bag.get?.(name)) ?? quietly(() => anyCase(bag, name))
  // An empty list is how a gRPC `Metadata` says that there is none.
  const value: unknown = Array.isArray(found) ? found[0] : found
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  return text.length > longestText ? '' : text
}

function anyCase(bag: Bag, name: string): unknown {
  return bag[Object.keys(bag).find((key) => key.toLowerCase() === name) ?? name]
}

function quietly(read: () => unknown): unknown {
  try {
    return read()
  } catch {
    return undefined
  }
}

function decimal(text: string): number | undefined {
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined
}

function seconds(text: string, epochNow: number): number | undefined {
  const value = decimal(text)
  return value === undefined ? untilDate(text, epochNow) : value * 1_000
}

/** All three forms of an HTTP date begin with the day's name; the oldest has no zone, and GMT is meant. */
function untilDate(text: string, epochNow: number): number | undefined {
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined
  const ms = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) - epochNow
  return ms > 0 ? ms : undefined
}
