/** An answer whose status says that the request failed. */
export class HttpStatusError extends Error {
  readonly status: number
  readonly url: string

  constructor(method: string, url: string, status: number) {
    super(`${method} ${new URL(url).pathname} was answered ${status}`)
    this.status = status
    this.url = url
  }

  override get name(): string {
    return 'HttpStatusError'
  }
}
