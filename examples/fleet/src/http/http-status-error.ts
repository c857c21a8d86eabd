/** An answer whose status says that the request failed. */
export class HttpStatusError extends Error {
  readonly status: number

  /** @param what `GET /stock/:id` */
  constructor(what: string, status: number) {
    super(`${what} was answered ${status}`)
    this.status = status
  }

  override get name(): string {
    return 'HttpStatusError'
  }
}
