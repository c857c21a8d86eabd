/** What a service under an `errors` fault says is wrong with it. */
export class InjectedFaultError extends Error {
  readonly status: number

  constructor(status: number) {
    super(`The Lab lets this service answer ${status}`)
    this.status = status
  }

  override get name(): string {
    return 'InjectedFaultError'
  }
}
