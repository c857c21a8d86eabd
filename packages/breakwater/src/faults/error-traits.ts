import { isResilienceError } from './is-resilience-error.ts'
import { isErrorLike, readProperty, readString } from './read-property.ts'

/** What classification looks at, read once and safely from a thrown value. */
export interface ErrorTraits {
  /** `TypeError`; for a value that is no error, its type: `string`. */
  readonly name: string
  readonly message: string
  /** The error's code as text: `ECONNREFUSED`, `23505`, `14`; empty when it has none. */
  readonly code: string
  /** HTTP status, 100–599; 0 when there is none. */
  readonly status: number
  /** True for the library's own errors. */
  readonly isRejection: boolean
  /** The thrown value itself. */
  readonly error: unknown
}

/** Reads the traits of any thrown value. Never throws. */
export function readErrorTraits(error: unknown): ErrorTraits {
  return {
    name: readErrorName(error),
    message: readErrorMessage(error),
    code: readErrorCode(error),
    status: readHttpStatus(error),
    isRejection: isResilienceError(error),
    error,
  }
}

/** The error's name, or the type of a value that is no error. */
export function readErrorName(error: unknown): string {
  if (error === null) return 'null'
  if (typeof error !== 'object') return typeof error
  const name = readString(error, 'name')
  if (name !== undefined && name !== 'Error') return name
  const className = readString(readProperty(error, 'constructor'), 'name')
  if (className !== undefined && className !== 'Object') return className
  return name ?? (isErrorLike(error) ? 'Error' : 'object')
}

/** The error's message, or the text of a value that is no error. */
export function readErrorMessage(error: unknown): string {
  if (typeof error === 'string') return error
  if (typeof error === 'function') return `Thrown function ${readString(error, 'name') ?? ''}`.trimEnd()
  if (typeof error !== 'object' || error === null) return String(error)
  const message = readProperty(error, 'message')
  if (typeof message === 'string') return message
  return isErrorLike(error) ? '' : describeObject(error)
}

/** The error's code as text; empty when it has none. */
export function readErrorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const code = readProperty(error, 'code')
  if (typeof code === 'string' && code.length <= 100) return code
  if (typeof code === 'number' && Number.isFinite(code)) return isDomException(error) ? '' : String(code)
  return readString(error, 'sqlState')?.slice(0, 100) ?? ''
}

/** The HTTP status from the places where clients put it; 0 when there is none. */
export function readHttpStatus(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 0
  return (
    statusOf(readProperty(error, 'status')) ||
    statusOf(readProperty(error, 'statusCode')) ||
    statusOf(readProperty(readProperty(error, 'response'), 'status')) ||
    statusOf(readProperty(readProperty(error, 'response'), 'statusCode')) ||
    statusOf(readProperty(readProperty(error, '$metadata'), 'httpStatusCode'))
  )
}

function statusOf(value: unknown): number {
  const status = typeof value === 'string' && value.length === 3 ? Number(value) : value
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599 ? status : 0
}

/** The numeric `code` of a DOMException is a leftover without meaning of its own. */
function isDomException(error: object): boolean {
  return readProperty(readProperty(error, 'constructor'), 'name') === 'DOMException'
}

/** Names the keys and not the values: objects thrown at the same place group together. */
function describeObject(value: object): string {
  try {
    const keys = Object.keys(value).slice(0, 10)
    return keys.length === 0 ? 'Thrown object' : `Thrown object with ${keys.join(', ')}`.slice(0, 500)
  } catch {
    return 'Unreadable object'
  }
}
