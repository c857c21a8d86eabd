import type { Held } from '../pipeline/held.ts'
import { cancelled, type OutcomeKind } from '../pipeline/outcome.ts'
import type { InnerHandle, InnerOwner, RunHandle } from '../pipeline/run-handle.ts'

/** One call that waits for a flight. */
export class Passenger implements Held {
  readonly run: RunHandle
  readonly index: number
  readonly #flight: Flight

  constructor(flight: Flight, run: RunHandle, index: number) {
    this.#flight = flight
    this.run = run
    this.index = index
  }

  cut(kind: OutcomeKind, payload: unknown): void {
    this.#flight.leave(this, { kind, payload })
  }
}

/**
 * One run of the work for all calls that want the same. It belongs to nobody: a caller that gives up leaves, and only when the
 * last has left is the work aborted. Should it end because the call it was started from was aborted, another's takes over.
 */
export class Flight implements InnerOwner {
  readonly #passengers = new Set<Passenger>()
  readonly #landed: () => void
  #inner: InnerHandle | undefined = undefined
  #leader: Passenger | undefined = undefined
  #isOver = false
  /** While the first caller's driver is being asked, it takes the outcome itself. */
  #isStarting = false
  #kind: OutcomeKind = cancelled
  #payload: unknown = undefined

  /** `landed` is called once, when nobody can board any more. */
  constructor(landed: () => void) {
    this.#landed = landed
  }

  get isOver(): boolean {
    return this.#isOver
  }

  get kind(): OutcomeKind {
    return this.#kind
  }

  get payload(): unknown {
    return this.#payload
  }

  /** Adds a call: it is resumed with the flight's outcome. */
  board(run: RunHandle, index: number): void {
    const passenger = new Passenger(this, run, index)
    run.hold(passenger)
    this.#passengers.add(passenger)
  }

  /** Starts the work, from the call that has waited longest. */
  start(): void {
    const [first] = this.#passengers
    if (first === undefined) return this.#land()
    this.#leader = first
    this.#isStarting = true
    const inner = first.run.startInner(first.index, first.run.attempt, this)
    this.#isStarting = false
    if (!this.#isOver) this.#inner = inner
  }

  /** A caller gives up. */
  leave(passenger: Passenger, outcome: { readonly kind: OutcomeKind; readonly payload: unknown }): void {
    if (!this.#passengers.delete(passenger) || this.#passengers.size > 0 || this.#isOver) return
    this.#land()
    this.#inner?.cut(outcome.kind, outcome.payload)
  }

  innerFinished(inner: InnerHandle): void {
    if (this.#isOver) return
    const { kind, payload } = inner
    if (kind === cancelled && this.#hasOthers()) return this.start()
    this.#kind = kind
    this.#payload = payload
    this.#land()
    if (this.#isStarting) return
    for (const passenger of this.#passengers) passenger.run.resume(passenger, kind, payload)
  }

  /** Whether others wait when the call that the work was started from is aborted: that one ends by itself. */
  #hasOthers(): boolean {
    if (this.#leader !== undefined) this.#passengers.delete(this.#leader)
    return this.#passengers.size > 0
  }

  #land(): void {
    this.#isOver = true
    this.#landed()
  }
}
