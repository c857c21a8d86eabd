import type { Tick } from '../clock/coarse-tick.ts'

/** What a call gets when its time is over; one object, no stack. */
export const tookTooLong: Error = new Error('took too long')

/** Something under way that must have ended by its deadline. It ends once: by itself or by the deadline. */
export abstract class Flight {
  readonly deadline: number
  previous: Flight
  next: Flight
  #controller: AbortController | undefined = undefined
  #isOver = false

  constructor(deadline: number) {
    this.deadline = deadline
    this.previous = this
    this.next = this
  }

  /** Told once how it ended. */
  protected abstract ended(isSuccess: boolean, payload: unknown): void

  /** Made when it is read. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  /** The work has ended; false when that comes too late. */
  end(isSuccess: boolean, payload: unknown): boolean {
    if (this.#isOver) return false
    this.#isOver = true
    this.previous.next = this.next
    this.next.previous = this.previous
    this.ended(isSuccess, payload)
    return true
  }

  /** Stops the work, then tells who waits. */
  expire(): void {
    this.#controller?.abort(tookTooLong)
    this.end(false, tookTooLong)
  }
}

class Head extends Flight {
  protected ended(): void {
    throw new Error('The head of the list is no flight')
  }
}

/** All that is under way; looked through at each tick, so that no call needs a timer. */
export class Flights {
  readonly tick: Tick
  readonly #head: Flight = new Head(Infinity)

  constructor(tick: Tick) {
    this.tick = tick
    tick.onTick(() => this.#expire())
  }

  /** Watches over it until it ends. */
  add(flight: Flight): void {
    const head = this.#head
    flight.previous = head.previous
    flight.next = head
    head.previous.next = flight
    head.previous = flight
  }

  /** What expires may add others: those are at the end, with a deadline to come. */
  #expire(): void {
    for (let flight = this.#head.next; flight !== this.#head;) {
      const { next } = flight
      if (flight.deadline <= this.tick.now) flight.expire()
      flight = next
    }
  }
}
