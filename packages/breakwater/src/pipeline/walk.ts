import { Deadline, type DeadlineTarget } from '../clock/deadline.ts'
import type { Held } from './held.ts'
import { answered, type Verdict, waiting } from './level.ts'
import { failed, type OutcomeKind, rejected, succeeded } from './outcome.ts'
import type { PlacedLevel, Plan, Way } from './plan.ts'
import type { RunHandle } from './run-handle.ts'

const taken: unique symbol = Symbol('taken')
const passed: unique symbol = Symbol('passed')
/** A cut that spares no driver, and one that spares all. */
export const everyDriver = -1
/** See {@link everyDriver}. */
export const noDriver: number = 2 ** 30

/**
 * The way of one run through the levels `lo … n-1` of a plan, in and out.
 *
 *     enter     lo ─▶ … ─▶ n ─▶ work                      `depth` grows with each level that admits
 *     settle    lo ◀─ … ◀─ n ◀─ outcome, deadline, abort  `depth` shrinks, each level learns the outcome
 *     release   the same way, when the work itself is over (`released` follows `depth`)
 */
export abstract class Walk {
  declare readonly plan: Plan
  declare readonly permits: unknown[]
  declare readonly lo: number
  declare private readonly way: Way
  declare kind: OutcomeKind
  declare payload: unknown
  /** Levels `lo … depth-1` are entered and have not learned an outcome. */
  declare protected depth: number
  /** Levels from here on are released. */
  declare protected released: number
  /** Of levels from here on it was said that the work goes on without a caller. */
  declare private abandonedFrom: number
  declare protected isWorking: boolean
  declare protected isDecided: boolean
  declare protected isReleased: boolean
  /** The engine walks, and what it calls may call back: the run is not to be cut now, but in `rest`. */
  declare protected isBusy: boolean
  /** The walk is that of a late release: who is let in meanwhile may win a race, and what this run holds must not follow it in. */
  declare protected isReleasing: boolean
  /** A cut that came while the engine was walking. */
  declare protected lateCut: { readonly kind: OutcomeKind; readonly payload: unknown } | undefined
  /** What the run waits for instead of its work. */
  declare protected held: Held | undefined
  /** Inner runs whose work has not ended. */
  declare protected openRuns: number
  /** The level of each of them: a driver further out may start one while those further in have not ended. */
  declare protected readonly openLevels: number[]

  constructor(plan: Plan, lo: number) {
    this.plan = plan
    this.permits = new Array<unknown>(plan.levels.length).fill(undefined)
    this.lo = lo
    this.way = plan.ways[lo] as Way
    this.openLevels = []
    this.isReleasing = false
    this.openRuns = 0
    this.reset()
  }

  /** This, as levels see it. */
  protected abstract readonly handle: RunHandle & DeadlineTarget

  /** Somebody else lets the run go on: it has to find back to the context of its caller. */
  protected abstract keepContext(): void

  /** All levels have admitted the run. Answers with a promise where the work gave one. */
  protected abstract startWork(): Promise<unknown> | undefined

  /** The walk is over and the run goes on: a cut that came meanwhile takes effect now. */
  protected abstract rest(): void

  /** The outcome has passed all levels: whoever waits for it is told, and what can be released is. */
  protected abstract through(): void

  /** No work of this run, nor of its inner runs, goes on any more. */
  protected abstract allReleased(): void

  /** As new, after any way that the run may have taken. */
  protected reset(): void {
    this.resetCompleted()
    this.depth = this.lo
    this.released = this.lo
    this.abandonedFrom = noDriver
    this.isWorking = false
    this.isReleased = false
    this.held = undefined
    this.permits.fill(undefined)
    if (this.openRuns > 0) this.openLevels.length = 0
    this.openRuns = 0
  }

  /** As new, after the way by `completed`: all else is still so. */
  protected resetCompleted(): void {
    this.kind = succeeded
    this.payload = undefined
    this.isDecided = false
    this.isBusy = false
    this.lateCut = undefined
  }

  /** Goes inward from level `index` until a level says no, says wait, or the work starts: then what `startWork` answers. */
  enter(index: number): Promise<unknown> | undefined {
    const { plan, lo } = this
    const { enters } = index === lo ? this.way : (plan.ways[index] as Way)
    this.isBusy = true
    for (let i = 0; i < enters.length; i++) {
      const level = enters[i] as PlacedLevel
      if (level.deadlines !== undefined) this.arm(level)
      else {
        const verdict = this.ask(level)
        if (verdict !== undefined) return this.stopAt(level.index, verdict)
      }
    }
    this.depth = plan.levels.length
    this.released = plan.levels.length
    this.isBusy = false
    return this.startWork()
  }

  /** Walks outward with an outcome. Drivers further in than `cut` are not asked. */
  protected settle(kind: OutcomeKind, payload: unknown, cut: number): void {
    const { levels } = this.plan
    this.kind = kind
    this.payload = payload
    this.isDecided = true
    this.isBusy = true
    while (this.depth > this.lo) {
      const index = --this.depth
      const level = levels[index] as PlacedLevel
      if (!level.isDriver) this.leave(level)
      else if (index <= cut && !(kind === succeeded && level.passesSuccess)) {
        const answer = this.askDriver(level, index)
        if (answer === taken) return this.pause()
        if (answer !== passed) return this.settle(failed, answer, cut)
      }
    }
    this.through()
  }

  /** The same for a success at which no driver looks, when no inner run is open: the levels learn it. */
  protected succeed(value: unknown): void {
    const { exits } = this.way
    const { lo } = this
    this.kind = succeeded
    this.payload = value
    this.isDecided = true
    this.isBusy = true
    this.depth = lo
    this.released = lo
    for (let i = 0; i < exits.length; i++) this.leave(exits[i] as PlacedLevel)
  }

  /** Releases all levels at once: the second half of that. */
  protected releaseAll(): void {
    const { releases } = this.way
    for (let i = 0; i < releases.length; i++) {
      const level = releases[i] as PlacedLevel
      level.release(this.handle, level.index)
    }
  }

  /** Releases the levels that have learned the outcome and have no work inside them any more. */
  protected release(): void {
    if (this.isWorking) return this.abandon()
    const { levels } = this.plan
    const stop = this.openRuns > 0 ? Math.max(this.depth, Math.max(...this.openLevels) + 1) : this.depth
    while (this.released > stop) {
      const index = --this.released
      const level = levels[index] as PlacedLevel
      if (index >= this.abandonedFrom) level.abandoned(-1)
      level.release(this.handle, index)
    }
    if (stop > this.depth) this.abandon()
    if (stop > this.lo || this.isReleased || this.held !== undefined) return
    if (this.isReleasing && this.lateCut !== undefined) return
    this.isReleased = true
    this.allReleased()
  }

  /** Says to levels that have learned the outcome that the work inside them goes on. */
  private abandon(): void {
    const { levels } = this.plan
    const end = Math.min(this.released, this.abandonedFrom)
    for (let i = this.depth; i < end; i++) levels[i]?.abandoned(1)
    this.abandonedFrom = Math.min(this.abandonedFrom, this.depth)
  }

  /** The same, when it is work that ended, long after its outcome was decided. */
  protected releaseLate(): void {
    if (this.isBusy) return this.release()
    this.isBusy = true
    this.isReleasing = true
    this.release()
    this.isReleasing = false
    this.rest()
  }

  /** What user code inside a level throws becomes the outcome: thrown on, it would leave the levels further out entered for ever. */
  private ask(level: PlacedLevel): Verdict {
    try {
      return level.enter(this.handle, level.index)
    } catch (error) {
      this.kind = failed
      this.payload = error
      return answered
    }
  }

  private arm({ deadlines, index }: PlacedLevel): void {
    const known = this.permits[index] as Deadline | undefined
    const deadline = known ?? new Deadline(this.handle, index)
    if (known === undefined) this.permits[index] = deadline
    deadlines?.arm(deadline)
  }

  private leave(level: PlacedLevel): void {
    const { index } = level
    if (level.deadlines === undefined) level.exit(this.handle, index)
    else (this.permits[index] as Deadline).cancel()
  }

  /** A driver has taken the outcome over; if it has answered already, the run is past this, or even used again. */
  private pause(): void {
    if (this.held === undefined) return
    this.release()
    this.rest()
  }

  /** A level refused the run, lets it wait, or has its outcome. */
  private stopAt(index: number, verdict: Exclude<Verdict, undefined>): undefined {
    this.depth = index
    this.released = index
    if (verdict === waiting) {
      this.keepContext()
      this.rest()
    } else if (verdict === answered) this.settle(this.kind, this.payload, noDriver)
    else this.settle(rejected, verdict, noDriver)
  }

  /** A driver asks rules of the user's; what those throw becomes the outcome, so that no call is left without one. */
  private askDriver(level: PlacedLevel, index: number): unknown {
    try {
      return level.settled(this.handle, index) ? taken : passed
    } catch (error) {
      return error
    }
  }
}
