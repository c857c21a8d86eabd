import type { CoarseTick } from '../clock/coarse-tick.ts'

/** What a call gets when its time is over; one object, no stack. */
export const tookTooLong: Error = new Error('took too long')

/** Work under way and what its caller waits for: whichever comes first, the work's end or the deadline. */
export class Flight {
  readonly deadline: number
  previous: Flight
  next: Flight
  #controller: AbortController | undefined
  readonly #resolve: (value: unknown) => void
  readonly #reject: (error: unknown) => void
  readonly promise: Promise<unknown>

  constructor(deadline: number) {
    this.deadline = deadline
    this.previous = this
    this.next = this
    this.#controller = undefined
    this.promise = new Promise(capture)
    this.#resolve = resolveOfLast
    this.#reject = rejectOfLast
  }

  /** Made when it is read. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  /** The work gave a value. */
  land(value: unknown): void {
    this.unlink()
    this.#resolve(value)
  }

  /** The work failed, or its time is over. */
  crash(error: unknown): void {
    this.unlink()
    this.#reject(error)
  }

  /** Stops the work, then tells the caller. */
  expire(): void {
    this.#controller?.abort(tookTooLong)
    this.crash(tookTooLong)
  }

  /** Leaves the list it is in. */
  unlink(): void {
    this.previous.next = this.next
    this.next.previous = this.previous
    this.next = this
    this.previous = this
  }
}

/** All that is under way; looked through at each tick, so that no call needs a timer. */
export class Flights {
  readonly tick: CoarseTick
  readonly #head = new Flight(Infinity)

  constructor(tick: CoarseTick) {
    this.tick = tick
    tick.onTick(() => this.#expire())
  }

  /** Starts watching over work that must have ended by `deadline`. */
  start(deadline: number): Flight {
    const flight = new Flight(deadline)
    const head = this.#head
    flight.previous = head.previous
    flight.next = head
    head.previous.next = flight
    head.previous = flight
    return flight
  }

  #expire(): void {
    for (let flight = this.#head.next; flight !== this.#head;) {
      const { next } = flight
      if (flight.deadline <= this.tick.now) flight.expire()
      flight = next
    }
  }
}

let resolveOfLast: (value: unknown) => void
let rejectOfLast: (error: unknown) => void

/** One executor for all promises: no closure a call. */
function capture(resolve: (value: unknown) => void, reject: (error: unknown) => void): void {
  resolveOfLast = resolve
  rejectOfLast = reject
}
