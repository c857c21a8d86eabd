/**
 * What a promise is resolved with so that it is rejected, one microtask later. To throw, V8 looks for the place in the sources, and a
 * promise that is rejected before anybody listens is reported to the host as unhandled and taken back: each costs a microsecond.
 */
export class FailureToCome {
  declare private readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }

  then(_: unknown, reject: (error: unknown) => void): void {
    reject(this.error)
  }
}
