import type { Tick } from '../clock/coarse-tick.ts'

/** What a call gets when its time is over; one object, no stack. */
export const tookTooLong: Error = new Error('took too long')

/** Something under way that must have ended by its deadline: by itself, or by the deadline. */
export abstract class Flight {
  deadline = 0
  previous: Flight = this
  next: Flight = this
  isUnderWay = false

  /** The deadline has passed; it is no longer under way. */
  abstract expired(): void

  /** It ended by itself. */
  protected land(): void {
    this.isUnderWay = false
    this.previous.next = this.next
    this.next.previous = this.previous
  }

  /** Told at a tick after the deadline. */
  expire(): void {
    this.land()
    this.expired()
  }
}

class Head extends Flight {
  expired(): void {
    throw new Error('The head of the list is no flight')
  }
}

/** All that is under way; looked through at each tick, so that no call needs a timer. */
export class Flights {
  readonly tick: Tick
  readonly #head: Flight = new Head()

  constructor(tick: Tick) {
    this.tick = tick
    tick.onTick(() => this.#expire())
  }

  /** Watches over it until it ends. */
  add(flight: Flight, deadline: number): void {
    const head = this.#head
    const last = head.previous
    flight.deadline = deadline
    flight.isUnderWay = true
    flight.previous = last
    flight.next = head
    last.next = flight
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
