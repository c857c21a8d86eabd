import { isResilienceError } from '../faults/is-resilience-error.ts'

/**
 * Whether an error says that the dependency, or the way to it, had too much to do: timeouts of this library and of
 * `AbortSignal.timeout`, and the HTTP statuses 429 and 503.
 */
export function isOverload(error: unknown): boolean {
  if (isResilienceError(error)) return error.code === 'TIMEOUT'
  if (typeof error !== 'object' || error === null) return false
  const { name, status, statusCode } = error as { name?: unknown; status?: unknown; statusCode?: unknown }
  const code = status ?? statusCode
  return name === 'TimeoutError' || code === 429 || code === 503
}
