/** Too many reports wait for the writer. */
export class QueueFullError extends Error {
  readonly waiting: number

  constructor(waiting: number) {
    super(`${waiting} reports wait for the writer`)
    this.waiting = waiting
  }

  override get name(): string {
    return 'QueueFullError'
  }
}

/** The hub is stopping. */
export class QueueStoppedError extends Error {
  constructor() {
    super('The hub is stopping')
  }

  override get name(): string {
    return 'QueueStoppedError'
  }
}
