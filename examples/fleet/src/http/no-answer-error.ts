/** A request that got no answer: refused, reset, or the name is unknown. */
export class NoAnswerError extends Error {
  /** `ECONNREFUSED`, `ECONNRESET`; undefined when the system gave none. */
  readonly code: string | undefined

  /** @param what `GET /stock/:id` */
  constructor(what: string, cause: unknown) {
    const code = codeOf(cause)
    super(`${what} got no answer: ${code ?? String(cause)}`, { cause })
    this.code = code
  }

  override get name(): string {
    return 'NoAnswerError'
  }
}

/** The system's code is in the cause of what `fetch` throws. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause)
}
