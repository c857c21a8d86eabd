import type { FakeClock } from '../../../src/testing/fake-clock.ts'

/** A failure as it comes over the wire. */
export class HttpError extends Error {
  readonly status: number

  constructor(status: number) {
    super(`answered ${status}`)
    this.status = status
  }
}

/** The numbers of {@link Workers}. */
export interface WorkersOptions {
  readonly count: number
  /** How many requests may wait; the rest get a 503. */
  readonly backlog: number
  readonly clock: FakeClock
}

/**
 * Workers take requests in the order in which they came, and do not notice when a caller has given up; only the books do,
 * that say for how long workers were busy for nobody.
 */
export class Workers {
  #free: number
  readonly #line: (() => void)[] = []
  /** Workers that are busy for nobody now, since when that is their number, and their milliseconds until then. */
  #idling = 0
  #since = 0
  #idledMs = 0
  readonly #options: WorkersOptions

  constructor(options: WorkersOptions) {
    this.#options = options
    this.#free = options.count
  }

  /** Milliseconds of all workers for callers who were gone. */
  get wastedMs(): number {
    return this.#idledMs + this.#idling * (this.#options.clock.now() - this.#since)
  }

  /** Runs a job when a worker is free; the worker is kept until the job has ended. */
  async run<T>(caller: AbortSignal, job: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--
    else await this.#turn()
    const left = (): void => this.#idle(1)
    if (caller.aborted) left()
    else caller.addEventListener('abort', left)
    try {
      return await job()
    } finally {
      caller.removeEventListener('abort', left)
      if (caller.aborted) this.#idle(-1)
      this.#takeNext()
    }
  }

  #idle(more: 1 | -1): void {
    this.#idledMs = this.wastedMs
    this.#since = this.#options.clock.now()
    this.#idling += more
  }

  async #turn(): Promise<void> {
    if (this.#line.length >= this.#options.backlog) throw new HttpError(503)
    await new Promise<void>((begin) => this.#line.push(begin))
  }

  #takeNext(): void {
    const begin = this.#line.shift()
    if (begin === undefined) this.#free++
    else begin()
  }
}
