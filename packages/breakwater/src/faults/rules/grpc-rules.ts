import { type BuiltInRule, classification, type Verdict, verdictsFor } from '../classification.ts'
import { readProperty } from '../read-property.ts'
import {
  conflictPermanent,
  conflictTransient,
  dependencyBusy,
  dependencyPermanent,
  dependencyTransient,
  invalidInput,
  ruleViolated,
  securityAction,
} from './verdicts.ts'

/** In the order of their numbers, 0 to 16. */
const names =
  'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED ' +
  'RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED'
const nameOf: readonly string[] = names.split(' ')

const cancelled: Verdict = ['business/rule', 'low', 'not-retryable']

const verdicts = verdictsFor([
  [dependencyTransient, 'UNAVAILABLE DEADLINE_EXCEEDED'],
  [dependencyBusy, 'RESOURCE_EXHAUSTED'],
  [conflictTransient, 'ABORTED'],
  [dependencyPermanent, 'UNKNOWN UNIMPLEMENTED INTERNAL DATA_LOSS'],
  [invalidInput, 'INVALID_ARGUMENT NOT_FOUND OUT_OF_RANGE'],
  [conflictPermanent, 'ALREADY_EXISTS'],
  [ruleViolated, 'FAILED_PRECONDITION'],
  [securityAction, 'PERMISSION_DENIED UNAUTHENTICATED'],
  [cancelled, 'CANCELLED'],
])

/** Knows a gRPC status, by its name or, on an error that carries `details`, by its number. */
export const grpcRule: BuiltInRule = ({ code, error }) => {
  if (code === '') return undefined
  const name = isNumbered(code, error) ? nameOf[Number(code)] : code
  const verdict = name === undefined ? undefined : verdicts.get(name)
  return verdict === undefined ? undefined : classification(verdict, `grpc:${String(name)}`)
}

/** A bare small number means nothing: SQLite and others use them too. `details` and `metadata` are gRPC's. */
function isNumbered(code: string, error: unknown): boolean {
  if (code.length > 2 || !/^\d+$/.test(code)) return false
  return typeof readProperty(error, 'details') === 'string' || readProperty(error, 'metadata') !== undefined
}
