import { LimitContext } from './context.ts'
import { Flight, type Flights } from './flight.ts'

type Work = (context: LimitContext) => Promise<unknown>

/** A hedge alone: a second attempt when the first takes longer than `delayMs`. The first success counts, or the last failure. */
export function limitHedge(delayMs: number, flights: Flights): (work: Work) => Promise<unknown> {
  return (work) =>
    new Promise((resolve, reject) => {
      const call = new HedgedCall(work, { resolve, reject })
      flights.add(call, flights.tick.now + delayMs)
      call.attempt()
    })
}

interface Caller {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

class HedgedCall extends Flight {
  readonly #work: Work
  readonly #caller: Caller
  readonly #attempts: LimitContext[] = []
  #underWay = 0

  constructor(work: Work, caller: Caller) {
    super()
    this.#work = work
    this.#caller = caller
  }

  attempt(): void {
    const context = new LimitContext()
    this.#attempts.push(context)
    this.#underWay++
    this.#work(context).then(
      (value) => this.#succeeded(value, context),
      (error: unknown) => this.#failed(error),
    )
  }

  expired(): void {
    this.attempt()
  }

  #succeeded(value: unknown, winner: LimitContext): void {
    if (this.isUnderWay) this.land()
    for (const attempt of this.#attempts) if (attempt !== winner) attempt.abort()
    this.#caller.resolve(value)
  }

  #failed(error: unknown): void {
    if (--this.#underWay > 0) return
    if (this.isUnderWay) this.land()
    this.#caller.reject(error)
  }
}
