import type { SerializedError } from '../protocol/index.ts'
import { cutMark } from './cut-mark.ts'

/**
 * An Error with the name, message, code, status, stack, fields, cause and members that were serialised, for
 * storage and analysis: serialising it again gives the same data. It is not an instance of its old class.
 */
export function deserializeError(serialized: SerializedError): Error {
  const { name, message, code, status, fields, cause, errors, cut } = serialized
  const error =
    errors === undefined ? new Error(message) : new AggregateError(errors.map(deserializeError), message)
  define(error, 'name', name)
  define(error, 'stack', serialized.stack)
  if (cause !== undefined) define(error, 'cause', deserializeError(cause))
  if (cut !== undefined) define(error, cutMark, cut)
  const shown = { ...fields, ...(code !== undefined && { code }), ...(status !== undefined && { status }) }
  for (const [key, value] of Object.entries(shown)) {
    Object.defineProperty(error, key, { value, enumerable: true, configurable: true, writable: true })
  }
  return error
}

/** As engines define these: not enumerable. */
function define(error: Error, key: PropertyKey, value: unknown): void {
  Object.defineProperty(error, key, { value, configurable: true, writable: true })
}
