import { isResilienceError } from '../faults/is-resilience-error.ts'
import { readProperty } from '../faults/read-property.ts'
import { type OutcomeKind, rejected } from '../pipeline/outcome.ts'
import type { Rejection } from '../pipeline/rejection.ts'

/** Whether a run ended since no time was left to the caller of whose call it was a part: other callers may have more. */
export function isOwnDeadline({ kind, payload }: { kind: OutcomeKind; payload: unknown }): boolean {
  if (kind === rejected) return (payload as Rejection).code === 'DEADLINE_EXCEEDED'
  if (!isResilienceError(payload)) return false
  if (payload.code === 'DEADLINE_EXCEEDED') return true
  return payload.code === 'TIMEOUT' && readProperty(payload, 'boundBy') === 'caller'
}
