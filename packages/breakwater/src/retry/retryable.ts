import { readProperty } from '../faults/read-property.ts'
import { refusalIn } from './refusal.ts'

const programmingErrors: readonly (new (...args: never[]) => Error)[] = [
  RangeError,
  ReferenceError,
  SyntaxError,
  EvalError,
  URIError,
]

/** Codes that say by themselves that no connection was made. */
const unconnected: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])
/** How deep a chain of causes is followed. */
const deepest = 5

/**
 * Whether an error is worth another attempt, when the application has no rule of its own: everything is, but
 * what fails the same way again. That is an HTTP status other than 408, 425, 429 and 5xx (501 and 505 excepted),
 * a programming error (a `TypeError` with a cause is how `fetch` reports a broken network, and is retried),
 * an abort, an error that says `retryable: false`, and a refusal by a policy of this library.
 */
export function isRetryable(error: unknown): boolean {
  const status = statusOf(error)
  if (status !== undefined) return isTransientStatus(status)
  if (readProperty(error, 'name') === 'AbortError' || refusalIn(error) !== undefined) return false
  if (readProperty(error, 'retryable') === false || readProperty(error, '$retryable') === false) return false
  if (error instanceof TypeError) return error.cause !== undefined
  return !programmingErrors.some((kind) => error instanceof kind)
}

/**
 * Whether an error proves that the request had no effect, so that repeating it can do no harm: no connection was made
 * (refused, no such name, given up while connecting), the HTTP/2 server refused the stream, or it answered 421 or 425,
 * which both promise that nothing was processed. Looks at causes, and at all parts of an `AggregateError`.
 *
 * The proof is for work that makes one request.
 *
 * @see RFC 9113 section 8.7; RFC 9110 section 15.5.20; RFC 8470 section 5.2
 */
export function neverLeft(error: unknown): boolean {
  return provesNothingLeft(error, deepest)
}

function provesNothingLeft(error: unknown, depth: number): boolean {
  if (depth === 0) return false
  const status = statusOf(error)
  if (status !== undefined) return status === 421 || status === 425
  const code = readProperty(error, 'code')
  if (unconnected.has(code)) return true
  if (code !== undefined && readProperty(error, 'syscall') === 'connect') return true
  if (code === 'ERR_HTTP2_STREAM_ERROR') return mentions(error, 'NGHTTP2_REFUSED_STREAM')
  const parts = readProperty(error, 'errors')
  if (Array.isArray(parts) && parts.length > 0)
    return parts.every((part) => provesNothingLeft(part, depth - 1))
  return code === undefined && provesNothingLeft(readProperty(error, 'cause'), depth - 1)
}

function mentions(error: unknown, word: string): boolean {
  const message = readProperty(error, 'message')
  return typeof message === 'string' && message.includes(word)
}

function isTransientStatus(status: number): boolean {
  if (status === 408 || status === 425 || status === 429) return true
  return status >= 500 && status !== 501 && status !== 505
}

/** The HTTP status that an error or its response carries, when it is one of failure. */
export function statusOf(error: unknown): number | undefined {
  const response = readProperty(error, 'response')
  const value =
    readProperty(error, 'status') ??
    readProperty(error, 'statusCode') ??
    readProperty(response, 'status') ??
    readProperty(readProperty(error, '$metadata'), 'httpStatusCode')
  return typeof value === 'number' && value >= 400 && value < 600 ? value : undefined
}
