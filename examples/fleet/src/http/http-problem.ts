/** A request that is answered with a status other than success, and why. */
export class HttpProblem extends Error {
  readonly status: number
  /** The field of the body that is wrong. */
  readonly field: string | undefined

  constructor(status: number, message: string, field?: string) {
    super(message)
    this.status = status
    this.field = field
  }

  override get name(): string {
    return 'HttpProblem'
  }
}

/** What is sent for a status other than success: RFC 9457 with our `code`, and `field` for bad input. */
export function problemBody(
  status: number,
  detail: string,
  field?: string,
): Readonly<Record<string, unknown>> {
  const kind = { 400: 'bad-request', 404: 'not-found', 409: 'conflict', 413: 'too-large' }[status] ?? 'failed'
  return {
    type: 'about:blank',
    title: kind.replace('-', ' '),
    status,
    detail,
    code: kind,
    ...(field === undefined ? {} : { field }),
  }
}
