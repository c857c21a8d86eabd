import { type EventFacts, type EventType, reportLimits } from 'breakwater/protocol'
import { InvalidFieldError } from './invalid-field-error.ts'
import { optional, readRecord } from './read-collections.ts'
import { asText, type Fields, readName, readText, readTime, readWord } from './read-fields.ts'

const eventTypes: readonly EventType[] = [
  'ServiceStarted',
  'ServiceStopped',
  'ServiceCrashed',
  'CircuitOpened',
  'CircuitHalfOpened',
  'CircuitClosed',
  'CircuitOverridden',
  'RetryBudgetExhausted',
  'BulkheadSaturated',
  'FactsDropped',
]

/** Reads one event. */
export function readEvent(source: Fields, now: number): EventFacts {
  return {
    type: readWord(source, 'type', eventTypes),
    at: readTime(source, 'at', now),
    message: readText(source, 'message', reportLimits.messageLength),
    ...optional(source, 'policy', readName),
    ...optional(source, 'operation', readName),
    ...optional(source, 'details', readDetails),
  }
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
