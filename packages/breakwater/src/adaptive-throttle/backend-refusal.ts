import { isResilienceError } from '../faults/is-resilience-error.ts'

const refusedCodes: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_CONNECT_TIMEOUT'])

/**
 * Whether an error says that the dependency did not take the call: timeouts of this library and of `AbortSignal.timeout`, the
 * HTTP statuses 429 and 503, and connections that were refused or reset.
 */
export function isBackendRefusal(error: unknown): boolean {
  if (isResilienceError(error)) return error.code === 'TIMEOUT'
  if (typeof error !== 'object' || error === null) return false
  const { name, code, status, statusCode, cause } = error as Readonly<Record<string, unknown>>
  const http = status ?? statusCode
  if (name === 'TimeoutError' || http === 429 || http === 503) return true
  return refusedCodes.has(code ?? (cause as { code?: unknown } | undefined | null)?.code)
}
