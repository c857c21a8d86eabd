/** An option of the hub that cannot be used; names the option and its value. */
export class HubOptionError extends Error {
  readonly option: string

  constructor(option: string, rule: string, value: unknown) {
    super(`Cannot start the hub as '${option}' must be ${rule}: current value is ${JSON.stringify(value)}`)
    this.option = option
  }

  override get name(): string {
    return 'HubOptionError'
  }
}
