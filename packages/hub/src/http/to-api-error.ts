import { UnknownBreakerError } from '../control/control-desk.ts'
import { CursorError } from '../group/group-cursor.ts'
import { BodyError } from '../ingest/native/body-error.ts'
import { InvalidFieldError } from '../ingest/native/invalid-field-error.ts'
import { QueueFullError, QueueStoppedError } from '../ingest/queue-errors.ts'
import { ApiError, type ProblemCode } from './api-error.ts'

const retryAfterS = 1

/** What any error means to the one who asked. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof InvalidFieldError)
    return new ApiError('INVALID_FIELD', error.message, { field: error.field })
  if (error instanceof BodyError) return new ApiError(error.problem, error.message)
  if (error instanceof QueueFullError) return new ApiError('TOO_MANY_WAITING', error.message, { retryAfterS })
  if (error instanceof QueueStoppedError) return new ApiError('STOPPING', error.message, { retryAfterS })
  if (error instanceof UnknownBreakerError)
    return new ApiError('NOT_FOUND', error.message, { field: 'policy' })
  if (error instanceof CursorError) return new ApiError('INVALID_FIELD', error.message, { field: 'cursor' })
  return fromFramework(error)
}

const frameworkProblems: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_TYPE',
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_BODY',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED_BODY',
}

function fromFramework(error: unknown): ApiError {
  const code = codeOf(error)
  const message = error instanceof Error ? error.message : 'The request cannot be understood'
  const known = frameworkProblems[code]
  if (known !== undefined) return new ApiError(known, message)
  if (code === 'ERR_SQLITE_ERROR')
    return new ApiError('STORE_FAILED', 'The store cannot write now', { retryAfterS: 5 })
  if (statusOf(error) < 500) return new ApiError('BAD_REQUEST', message)
  return new ApiError('INTERNAL', 'Something went wrong inside the hub; its log says what')
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
}
