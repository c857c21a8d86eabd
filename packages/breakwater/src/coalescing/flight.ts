import type { Held } from '../pipeline/held.ts'
import { isOwnDeadline } from './is-own-deadline.ts'
import { cancelled, type OutcomeKind, succeeded } from '../pipeline/outcome.ts'
import type { InnerHandle, InnerOwner, InnerPlace, RunHandle } from '../pipeline/run-handle.ts'

interface Ended {
  readonly kind: OutcomeKind
  readonly payload: unknown
}

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

  /** Where its own work would run. */
  get place(): InnerPlace {
    const { attempt, call } = this.run
    return { lo: this.index + 1, attempt, call }
  }

  cut(kind: OutcomeKind, payload: unknown): void {
    this.#flight.leave(this, { kind, payload })
  }
}

/**
 * One run of the work for all calls that want the same. It belongs to nobody: a caller that gives up leaves, and only when the
 * last has left is the work aborted. Should it end because the call it was started from was aborted or has no time left, another's
 * takes over.
 */
export class Flight implements InnerOwner {
  readonly #passengers = new Set<Passenger>()
  /** Who may take over, and has perhaps left: written down when a leader's time is over, and read from the end. */
  #heirs: Passenger[] = []
  readonly #landed: () => void
  #inner: InnerHandle | undefined = undefined
  #leader: Passenger | undefined = undefined
  /** The first call while its driver is being asked: it takes the outcome itself. */
  #asked: Passenger | undefined = undefined
  #isOver = false
  #isStarting = false
  /** How the last call that waited has ended before the flight did. */
  #abandoned: Ended | undefined = undefined
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
  board(run: RunHandle, index: number): Passenger {
    const passenger = new Passenger(this, run, index)
    run.hold(passenger)
    this.#passengers.add(passenger)
    return passenger
  }

  /** Starts the work from its first call; one that is over afterwards has not resumed that call. */
  start(run: RunHandle, index: number): void {
    this.#asked = this.board(run, index)
    this.#fly(this.#asked)
    this.#asked = undefined
  }

  /** A caller gives up. */
  leave(passenger: Passenger, outcome: Ended): void {
    if (!this.#passengers.delete(passenger) || this.#passengers.size > 0 || this.#isOver) return
    this.#land()
    this.#abandoned = outcome
    this.#inner?.cut(outcome.kind, outcome.payload)
  }

  innerFinished(inner: InnerHandle): void {
    const { kind, payload } = inner
    if (this.#isOver) {
      if (kind === succeeded) this.#leader?.run.discard(payload)
      return
    }
    const next = this.#nextLeader({ kind, payload })
    if (next !== undefined) return this.#fly(next)
    // The leader's end may have made the last of the others leave.
    if (this.#isOver) return
    this.#kind = kind
    this.#payload = payload
    this.#land()
    for (const passenger of this.#passengers) {
      if (passenger !== this.#asked) passenger.run.resume(passenger, kind, payload)
    }
  }

  #fly(leader: Passenger): void {
    this.#leader = leader
    // Said from inside the loop below, which goes on with it: many in a row may have no time left.
    if (this.#isStarting) return
    this.#isStarting = true
    let started: Passenger
    let inner: InnerHandle
    do {
      started = this.#leader
      inner = started.run.startInner(started.place, this)
    } while (this.#leader !== started)
    this.#isStarting = false
    this.#inner = inner
    // Work that takes over may end the last call that waits for it.
    if (this.#abandoned !== undefined) inner.cut(this.#abandoned.kind, this.#abandoned.payload)
  }

  /** Who takes over where the run ended for a reason that is its leader's only. */
  #nextLeader(end: Ended): Passenger | undefined {
    const leader = this.#leader
    if (leader === undefined) return undefined
    if (end.kind === cancelled) {
      // It ends by itself.
      this.#passengers.delete(leader)
      return this.#passengers.values().next().value
    }
    return leader !== this.#asked && isOwnDeadline(end) ? this.#endLeader(leader, end) : undefined
  }

  /** Nobody else's time is over: goes on with who came last and has the most of it left, as a rule. */
  #endLeader(leader: Passenger, { kind, payload }: Ended): Passenger | undefined {
    const isWaiting = this.#passengers.delete(leader)
    const next = this.#newest()
    if (!isWaiting) return next
    if (next === undefined) this.#passengers.add(leader)
    else leader.run.resume(leader, kind, payload)
    return next === undefined || this.#passengers.has(next) ? next : this.#newest()
  }

  #newest(): Passenger | undefined {
    let last: Passenger | undefined
    do {
      if (this.#heirs.length === 0) this.#heirs = [...this.#passengers]
      last = this.#heirs.pop()
    } while (last !== undefined && !this.#passengers.has(last))
    return last
  }

  #land(): void {
    this.#isOver = true
    this.#landed()
  }
}
