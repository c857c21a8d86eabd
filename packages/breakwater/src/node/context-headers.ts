import { formatBaggage, parseBaggage } from './baggage.ts'
import type { ContextValues } from './context.ts'
import {
  formatTraceparent,
  normalizeTracestate,
  parseTraceparent,
  type TraceContext,
} from './trace-context.ts'
import { newSpanId, newTraceId, type TraceIdSource } from './trace-ids.ts'

/** Headers as Node's `http` gives them, lower case, or as fetch's `Headers`. */
export type IncomingHeaders =
  Readonly<Record<string, string | readonly string[] | undefined>> | { get(name: string): string | null }

/** What reading and writing headers needs besides them. */
export interface HeaderOptions {
  /** Makes trace and span ids. */
  readonly random: TraceIdSource
  /** Monotonic milliseconds, of the clock that the context's deadline is by. */
  readonly now: () => number
}

/** What writing headers may know besides that. */
export interface OutgoingHeaderOptions extends HeaderOptions {
  /** What is left to the work by the timeouts around it, milliseconds: the `remainingMs` of its context. @default Infinity */
  readonly remainingMs?: number
  /** Taken off for the way there and back, milliseconds: so that who is called gives up first and can say so. @default 0 */
  readonly marginMs?: number
}

/** Milliseconds that the caller still waits; a duration, so that clocks need not agree. */
export const deadlineHeader = 'breakwater-remaining-ms'

/** A day; longer says nothing. */
const longestRemainingMs = 86_400_000

/**
 * The context of a call that came in: the caller's trace with a new span, its state, baggage and deadline.
 * Without a valid `traceparent` a new trace begins and `tracestate` is ignored.
 */
export function contextFromHeaders(headers: IncomingHeaders, options: HeaderOptions): ContextValues {
  const parent = parseTraceparent(readHeader(headers, 'traceparent'))
  const tracestate = parent === undefined ? undefined : normalizeTracestate(readHeader(headers, 'tracestate'))
  const baggage = parseBaggage(readHeader(headers, 'baggage'))
  const remainingMs = readRemaining(readHeader(headers, deadlineHeader))
  return {
    traceId: parent?.traceId ?? newTraceId(options.random),
    spanId: newSpanId(options.random),
    traceFlags: parent?.traceFlags ?? 1,
    ...(tracestate !== undefined && { tracestate }),
    ...(baggage !== undefined && { baggage }),
    ...(remainingMs !== undefined && { deadlineAt: options.now() + remainingMs }),
  }
}

/**
 * Headers for a call that goes out: each has a span id of its own. Outside any trace and deadline empty.
 *
 * @example
 * await line.run(({ signal, remainingMs }) => {
 *   const headers = headersFromContext(bw.context.get(), { random, now, remainingMs, marginMs: 5 })
 *   return fetch('http://inventory/items', { headers, signal })
 * })
 */
export function headersFromContext(
  context: ContextValues,
  options: OutgoingHeaderOptions,
): Record<string, string> {
  const headers: Record<string, string> = {}
  const trace = outgoing(context, options.random)
  if (trace !== undefined) {
    headers['traceparent'] = formatTraceparent(trace)
    if (context.tracestate !== undefined) headers['tracestate'] = context.tracestate
  }
  const baggage = context.baggage === undefined ? undefined : formatBaggage(context.baggage)
  if (baggage !== undefined) headers['baggage'] = baggage
  const leftMs = leftToCallee(context, options)
  if (Number.isFinite(leftMs)) headers[deadlineHeader] = String(Math.max(0, Math.floor(leftMs)))
  return headers
}

function leftToCallee(
  { deadlineAt = Infinity }: ContextValues,
  { now, remainingMs = Infinity, marginMs = 0 }: OutgoingHeaderOptions,
): number {
  return Math.min(deadlineAt === Infinity ? Infinity : deadlineAt - now(), remainingMs) - marginMs
}

function outgoing(context: ContextValues, random: TraceIdSource): TraceContext | undefined {
  const { traceId, traceFlags = 1 } = context
  return traceId === undefined ? undefined : { traceId, spanId: newSpanId(random), traceFlags }
}

function readHeader(headers: IncomingHeaders, name: string): string {
  if (typeof headers.get === 'function') return headers.get(name) ?? ''
  const value = (headers as Readonly<Record<string, string | readonly string[] | undefined>>)[name]
  if (typeof value === 'string') return value
  if (value === undefined) return ''
  return name === 'traceparent' && value.length > 1 ? '' : value.join(',')
}

function readRemaining(header: string): number | undefined {
  if (!/^\d{1,15}$/.test(header)) return undefined
  return Math.min(Number(header), longestRemainingMs)
}
