const programmingErrors: readonly (new (...args: never[]) => Error)[] = [
  RangeError,
  ReferenceError,
  SyntaxError,
  EvalError,
  URIError,
]

/**
 * Whether an error is worth another attempt, when the application has no rule of its own: everything is, but
 * what fails the same way again. That is an HTTP status other than 408, 425, 429 and 5xx (501 and 505 excepted),
 * a programming error (a `TypeError` with a cause is how `fetch` reports a broken network, and is retried),
 * and an abort.
 */
export function isRetryable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return true
  const status = statusOf(error)
  if (status !== undefined) return isTransientStatus(status)
  if ((error as { name?: unknown }).name === 'AbortError') return false
  if (error instanceof TypeError) return error.cause !== undefined
  return !programmingErrors.some((kind) => error instanceof kind)
}

/** Whether an error proves that the request never left this machine, so that repeating it can do no harm. */
export function neverLeft(error: unknown): boolean {
  const code = codeOf(error)
  return (
    code === 'ECONNREFUSED' ||
    code === 'ENOTFOUND' ||
    code === 'EAI_AGAIN' ||
    code === 'UND_ERR_CONNECT_TIMEOUT'
  )
}

function isTransientStatus(status: number): boolean {
  if (status === 408 || status === 425 || status === 429) return true
  return status >= 500 && status !== 501 && status !== 505
}

function statusOf(error: object): number | undefined {
  const { status, statusCode } = error as { status?: unknown; statusCode?: unknown }
  const value = status ?? statusCode
  return typeof value === 'number' && value >= 400 && value < 600 ? value : undefined
}

function codeOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return code ?? (cause as { code?: unknown } | undefined | null)?.code
}
