import type { Random } from '../../src/random/random.ts'
import type { FakeClock } from '../../src/testing/fake-clock.ts'

/** The numbers of a {@link ServerModel}. */
export interface ServerOptions {
  readonly clock: FakeClock
  readonly random: Random
  /** How many requests it works on at once. */
  readonly workers: number
  /** What a request takes, ± a quarter. */
  readonly serviceMs: number
  /** How many requests may wait in it; it answers 503 to the rest. */
  readonly backlog?: number
  /** What it costs to answer 503: the work of a refusal as a share of that of a request. */
  readonly refusalCost?: number
}

interface Request {
  readonly isRefusal: boolean
  readonly answer: (value: unknown) => void
}

/** What the model answers beyond its backlog. */
export const unavailable: Error & { readonly status: number } = Object.assign(new Error('overloaded'), {
  status: 503,
})

/**
 * A dependency with so many workers and a queue, that does not notice when its clients have given up: the kind that
 * collapses under overload, because in the end it works for nobody.
 */
export class ServerModel {
  readonly #requests: Request[] = []
  readonly #refusals: Request[] = []
  /** Where the requests that still wait begin: taking the first off an array of thousands is slow. */
  #next = 0
  #busy = 0
  readonly #options: ServerOptions

  constructor(options: ServerOptions) {
    this.#options = options
  }

  /** Requests that wait in it. */
  get waiting(): number {
    return this.#requests.length - this.#next + this.#refusals.length
  }

  /** One request; the promise settles with the answer, however long that takes. */
  async handle(): Promise<void> {
    const isRefusal = this.waiting >= (this.#options.backlog ?? Infinity)
    await new Promise((answer) => {
      // To say no takes a worker too, but nobody lets that wait.
      const line = isRefusal ? this.#refusals : this.#requests
      line.push({ isRefusal, answer })
      this.#work()
    })
    if (isRefusal) throw unavailable
  }

  #work(): void {
    while (this.#busy < this.#options.workers) {
      const request = this.#refusals.pop() ?? this.#requests[this.#next]
      if (request === undefined) return
      if (!request.isRefusal) this.#next++
      this.#busy++
      this.#options.clock.setTimer(this.#durationOf(request), () => {
        this.#busy--
        request.answer(undefined)
        this.#work()
      })
    }
  }

  #durationOf({ isRefusal }: Request): number {
    const { random, serviceMs, refusalCost = 0 } = this.#options
    return (isRefusal ? refusalCost : 1) * serviceMs * (0.75 + random.next() / 2)
  }
}
