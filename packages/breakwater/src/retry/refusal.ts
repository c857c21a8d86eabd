import { readProperty } from '../faults/read-property.ts'
import { isResilienceError } from '../faults/is-resilience-error.ts'

/** A policy of this library that would not let a call in. */
export interface Refusal {
  /** `CIRCUIT_OPEN`, `BULKHEAD_FULL`, … */
  readonly code: string
  /** Milliseconds after which a new call may be admitted; undefined when nobody can tell. */
  readonly retryAfterMs: number | undefined
}

const codes: ReadonlySet<string> = new Set([
  'CIRCUIT_OPEN',
  'BULKHEAD_FULL',
  'RATE_LIMITED',
  'CONCURRENCY_LIMITED',
  'THROTTLED',
  'DEADLINE_EXCEEDED',
])

/** The refusal that an error is about, when the work itself ran into a policy of this library. */
export function refusalIn(error: unknown): Refusal | undefined {
  if (!isResilienceError(error) || !codes.has(error.code)) return undefined
  const ms = readProperty(error, 'remainingMs') ?? readProperty(error, 'retryAfterMs')
  return { code: error.code, retryAfterMs: typeof ms === 'number' ? ms : undefined }
}
