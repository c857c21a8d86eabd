import { failed, type OutcomeKind, succeeded } from '../pipeline/outcome.ts'
import type { BreakerTerms } from './circuit-breaker-terms.ts'

/** What an outcome says of the dependency. */
export type OutcomeWeight = 'success' | 'failure'

/** Kinds other than success and failure, and failures that do not count, say nothing. */
export function weigh(
  terms: BreakerTerms,
  kind: OutcomeKind | undefined,
  payload: unknown,
): OutcomeWeight | undefined {
  if (kind === succeeded) return 'success'
  return kind === failed && isFailure(terms, payload) ? 'failure' : undefined
}

function isFailure(terms: BreakerTerms, error: unknown): boolean {
  try {
    return terms.isFailure(error)
  } catch {
    return true
  }
}
