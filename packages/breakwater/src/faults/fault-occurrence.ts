import { type FaultExemplar, reportLimits } from '../protocol/index.ts'
import type { Classification } from './classification.ts'
import { redacted, type Scrubber } from './scrub.ts'
import { wireName } from './wire-name.ts'

/** Where and when an error happened. */
export interface FaultOccurrence {
  readonly operation?: string
  /** 0 is the first attempt. */
  readonly attempt?: number
  /** 32 hex digits; left out when it is anything else. */
  readonly traceId?: string
  /** 16 hex digits; left out when it is anything else. */
  readonly spanId?: string
  readonly context?: Readonly<Record<string, string>>
  /** The process dies of it. */
  readonly crash?: boolean
  /** What is known already; saves classifying again. */
  readonly classification?: Classification
}

/** What an exemplar says of its occurrence: within the limits of the wire, and scrubbed. */
export function describeOccurrence(occurrence: FaultOccurrence, scrubber: Scrubber): Partial<FaultExemplar> {
  const { operation, attempt, traceId, spanId, crash, context } = occurrence
  return {
    ...(operation !== undefined && { operation: wireName(operation) }),
    ...(attempt !== undefined && Number.isSafeInteger(attempt) && attempt >= 0 && { attempt }),
    ...(traceId !== undefined && /^[\da-f]{32}$/i.test(traceId) && { traceId }),
    ...(spanId !== undefined && /^[\da-f]{16}$/i.test(spanId) && { spanId }),
    ...(crash !== undefined && { crash }),
    ...(context !== undefined && { context: scrubContext(context, scrubber) }),
  }
}

function scrubContext(context: Readonly<Record<string, string>>, scrubber: Scrubber): Record<string, string> {
  const entries = Object.entries(context).slice(0, reportLimits.contextKeys)
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const text = scrubber.isSecretKey(key) ? redacted : scrubber.text(String(value))
      return [wireName(key), text.slice(0, reportLimits.contextValueLength)]
    }),
  )
}
