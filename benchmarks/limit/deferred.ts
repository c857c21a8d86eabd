let resolveOfLast: (value: unknown) => void
let rejectOfLast: (error: unknown) => void

/** One executor for all promises: no closure a call. */
function capture(resolve: (value: unknown) => void, reject: (error: unknown) => void): void {
  resolveOfLast = resolve
  rejectOfLast = reject
}

/** A promise that is settled from outside. */
export class Deferred {
  readonly promise: Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void

  constructor() {
    this.promise = new Promise(capture)
    this.resolve = resolveOfLast
    this.reject = rejectOfLast
  }
}
