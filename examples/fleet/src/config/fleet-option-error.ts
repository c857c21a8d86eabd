/** An option of the fleet that cannot be used; names the option and its value. */
export class FleetOptionError extends Error {
  constructor(option: string, rule: string, value: unknown) {
    super(`Cannot start the fleet as '${option}' must be ${rule}: current value is ${JSON.stringify(value)}`)
  }

  override get name(): string {
    return 'FleetOptionError'
  }
}
