import { isResilienceError } from '../faults/is-resilience-error.ts'

/** Errors of this library behind which stands a dependency that did not answer well. */
const evidence: readonly string[] = ['TIMEOUT', 'CHAOS_FAULT']

/**
 * Whether an error speaks against the endpoint that was called: all do but refusals by policies of this library, such as an
 * open circuit or a full bulkhead, which the endpoint never saw.
 */
export function countsAgainst(error: unknown): boolean {
  return !isResilienceError(error) || evidence.includes(error.code)
}
