import { readProperty } from '../faults/read-property.ts'

type ErrorClass = abstract new (...args: never[]) => Error

/** Says which errors are meant: by class, by name or code (`'ConnectionError'`, `'ECONNRESET'`), or by a question. */
export type ErrorMatcher = ErrorClass | string | ((error: unknown) => boolean)

/** Whether one of the matchers means the error. */
export function isAnyOf(matchers: readonly ErrorMatcher[], error: unknown): boolean {
  return matchers.some((matcher) => isMeant(matcher, error))
}

/** Whether a matcher means the error. */
export function isMeant(matcher: ErrorMatcher, error: unknown): boolean {
  if (typeof matcher === 'string') return isNamed(error, new Set([matcher]))
  if (isErrorClass(matcher)) return error instanceof matcher
  return matcher(error)
}

/** Whether an error has one of the names: its own, its code, or that of its class. */
export function isNamed(error: unknown, names: ReadonlySet<unknown>): boolean {
  return (
    names.has(readProperty(error, 'name')) ||
    names.has(readProperty(error, 'code')) ||
    names.has(readProperty(readProperty(error, 'constructor'), 'name'))
  )
}

function isErrorClass(matcher: Exclude<ErrorMatcher, string>): matcher is ErrorClass {
  return matcher === Error || (matcher as { prototype?: unknown }).prototype instanceof Error
}
