import { LimitContext } from './context.ts'
import { Flight, type Flights, tookTooLong } from './flight.ts'

type Work = (context: LimitContext) => Promise<unknown>

/** A timeout alone: the caller is let go at the deadline, whatever the work does. */
export function limitTimeout(ms: number, flights: Flights): (work: Work) => Promise<unknown> {
  const idle: TimedCall[] = []
  return (work) => {
    const promise = new Promise(capture)
    const call = idle.pop() ?? new TimedCall(idle)
    call.start(work)
    flights.add(call, flights.tick.now + ms)
    return promise
  }
}

type Settle = (payload: unknown) => void

let resolveOfLast: Settle
let rejectOfLast: Settle

/** One executor for all promises: no closure a call. */
function capture(resolve: Settle, reject: Settle): void {
  resolveOfLast = resolve
  rejectOfLast = reject
}

const nobody: Settle = () => undefined

/** Used again when its work has ended; not after it expired, as the work may still call back. */
class TimedCall extends Flight {
  readonly #idle: TimedCall[]
  #context: LimitContext | undefined = undefined
  #resolve: Settle = nobody
  #reject: Settle = nobody

  constructor(idle: TimedCall[]) {
    super()
    this.#idle = idle
  }

  start(work: Work): void {
    this.#resolve = resolveOfLast
    this.#reject = rejectOfLast
    const context = new LimitContext()
    this.#context = context
    work(context).then(this.#succeeded, this.#failed)
  }

  expired(): void {
    this.#context?.abort()
    this.#reject(tookTooLong)
  }

  readonly #succeeded: Settle = (value) => {
    if (this.isUnderWay) this.#end(this.#resolve, value)
  }

  readonly #failed: Settle = (error) => {
    if (this.isUnderWay) this.#end(this.#reject, error)
  }

  #end(settle: Settle, payload: unknown): void {
    this.land()
    this.#context = undefined
    this.#resolve = nobody
    this.#reject = nobody
    this.#idle.push(this)
    settle(payload)
  }
}
