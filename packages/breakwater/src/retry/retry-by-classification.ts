import type { ClassificationRule } from '../faults/classification.ts'
import { classify } from '../faults/classify.ts'

/**
 * A `retryOn` that follows the classification of the error, with the codes of Node, TLS, SQL and gRPC that the
 * small default does not know, and with the application's own rules. Only `retryable` is tried again; what needs an
 * action first is left to a rule such as `authentication()`.
 *
 * @example
 * const read = retry({ retryOn: retryByClassification() })
 */
export function retryByClassification(
  rules: readonly ClassificationRule[] = [],
): (error: unknown) => boolean {
  return (error) => classify(error, rules).retryability === 'retryable'
}
