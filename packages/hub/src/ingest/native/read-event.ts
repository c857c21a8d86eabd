import { type EventFacts, type EventType, reportLimits } from 'breakwater/protocol'
import { InvalidFieldError } from './invalid-field-error.ts'
import { optional, readRecord } from './read-collections.ts'
import { asText, type Fields, readName, readText, readTime } from './read-fields.ts'

/** Reads one event. */
export function readEvent(source: Fields, now: number): EventFacts {
  return {
    type: readType(source, 'type'),
    at: readTime(source, 'at', now),
    message: readText(source, 'message', reportLimits.messageLength),
    ...optional(source, 'policy', readName),
    ...optional(source, 'operation', readName),
    ...optional(source, 'details', readDetails),
  }
}

// A type that is newer than this hub is kept and shown by its name, for a report must not be lost to it.
function readType(source: Fields, key: string): EventType {
  const value = source[key]
  if (typeof value === 'string' && /^[A-Z][A-Za-z]{0,59}$/.test(value)) return value as EventType
  throw new InvalidFieldError(key, 'a name in past tense such as CircuitOpened', value)
}

type Detail = string | number | boolean | null

function readDetails(source: Fields, key: string): Readonly<Record<string, Detail>> {
  return readRecord(source, { key, max: reportLimits.contextKeys }, asDetail)
}

function asDetail(value: unknown, field: string): Detail {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'string') return asText(value, field, reportLimits.contextValueLength)
  throw new InvalidFieldError(field, 'a text, a number, true, false or null', value)
}
