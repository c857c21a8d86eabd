/** The place of a span in a distributed trace. */
export interface TraceContext {
  /** 32 hex digits, not all zero. */
  readonly traceId: string
  /** 16 hex digits, not all zero. */
  readonly spanId: string
  /** 0–255; bit 0 says that the trace is sampled. */
  readonly traceFlags: number
}

const pattern = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/

/**
 * Reads a `traceparent` header; undefined when it is invalid, as the recommendation demands. Versions above
 * 00 are read by the fields that version 00 has.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function parseTraceparent(header: string): TraceContext | undefined {
  if (header.length > 512) return undefined
  const match = pattern.exec(header.trim())
  const [, version, traceId = '', spanId = '', flags = '', rest] = match ?? []
  if (version === undefined || version === 'ff' || (version === '00' && rest !== undefined)) return undefined
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined
  return { traceId, spanId, traceFlags: parseInt(flags, 16) }
}

/** Writes a `traceparent` header of version 00, with the flags that version knows: sampled and random. */
export function formatTraceparent(context: TraceContext): string {
  const flags = (context.traceFlags & 3).toString(16).padStart(2, '0')
  return `00-${context.traceId}-${context.spanId}-${flags}`
}

/**
 * The `tracestate` header as it may be passed on: at most 32 members and 512 characters, the last ones left
 * out first; undefined when a member is malformed or a key stands twice.
 *
 * @see https://www.w3.org/TR/trace-context/#tracestate-header
 */
export function normalizeTracestate(header: string): string | undefined {
  if (header.length > 8_192) return undefined
  const members = header
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '')
  if (members.length > 32 || !members.every((member) => memberPattern.test(member))) return undefined
  const keys = members.map((member) => member.slice(0, member.indexOf('=')))
  if (new Set(keys).size !== keys.length) return undefined
  while (members.join(',').length > 512) members.pop()
  return members.length === 0 ? undefined : members.join(',')
}

const memberPattern =
  /^[a-z\d][a-z\d_*/-]{0,240}(?:@[a-z][a-z\d_*/-]{0,13})?=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/
