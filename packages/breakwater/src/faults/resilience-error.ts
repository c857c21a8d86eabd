import { brand } from './error-brand.ts'

/** What every error of the library says about itself. */
export interface ResilienceErrorOptions {
  /** Stable and machine-readable: `CIRCUIT_OPEN`. */
  readonly code: string
  /** The error that led to this one; left out when undefined. */
  readonly cause?: unknown
  /** Record the stack; off by default, because a rejection in a storm costs ten times more with one. */
  readonly stack?: boolean
}

/**
 * Base of the errors that the library itself makes, never of the user's own errors.
 *
 * It carries no stack frames unless `stack` asks for them: a rejection names its policy and its
 * operation in fields, and frames would cost far more than the rejection.
 */
export class ResilienceError extends Error {
  static {
    Object.defineProperty(this.prototype, 'name', {
      value: 'ResilienceError',
      configurable: true,
      writable: true,
    })
    Object.defineProperty(this.prototype, brand, { value: true })
  }

  /** Stable and machine-readable: `CIRCUIT_OPEN`. */
  readonly code: string

  constructor(message: string, options: ResilienceErrorOptions) {
    const limit = options.stack === true ? undefined : suspendStackTraces()
    super(message)
    if (limit !== undefined) Error.stackTraceLimit = limit
    this.code = options.code
    if (options.cause !== undefined) {
      Object.defineProperty(this, 'cause', { value: options.cause, configurable: true, writable: true })
    }
  }
}

/** Sets the limit to 0 and returns what it was; undefined where it is absent or may not be written. */
function suspendStackTraces(): number | undefined {
  const limit: unknown = Error.stackTraceLimit
  if (typeof limit !== 'number') return undefined
  try {
    Error.stackTraceLimit = 0
  } catch {
    return undefined
  }
  return limit
}
