/** The hub answered that it did not do what was asked. */
export class HubAnswerError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }

  override get name(): string {
    return 'HubAnswerError'
  }
}
