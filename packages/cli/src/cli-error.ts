/** A reason to end with a message and an exit code other than 0. */
export class CliError extends Error {
  readonly exitCode: number

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }

  override get name(): string {
    return 'CliError'
  }
}
