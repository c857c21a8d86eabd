import { type OutcomeKind, succeeded } from './outcome.ts'
import type { CallState, InnerOwner, InnerPlace } from './run-handle.ts'
import { Run } from './run.ts'

/** A further run through the inner levels, made for a driver. */
export class InnerRun extends Run {
  declare readonly call: CallState
  declare private readonly outer: Run
  declare private readonly owner: InnerOwner

  constructor(outer: Run, { lo, attempt, call }: InnerPlace, owner: InnerOwner) {
    super(outer.plan, lo, attempt)
    this.call = call
    this.outer = outer
    this.owner = owner
    this.endpoint = outer.endpoint
  }

  get turn(): number {
    return this.outer.turn
  }

  override remainingMs(): number {
    const own = super.remainingMs()
    return this.outer.call === this.call ? Math.min(own, this.outer.remainingMs()) : own
  }

  protected makeInner(place: InnerPlace, owner: InnerOwner): Run {
    return new InnerRun(this, place, owner)
  }

  protected promiseEnded(kind: OutcomeKind, payload: unknown): undefined {
    this.workEnded(kind, payload)
    return undefined
  }

  /**
   * A success is delivered first: a slot that is given back lets others start, and a race or a shared flight must know by then
   * that it is decided. Other outcomes are delivered last: who runs the work again needs what is given back.
   */
  protected through(): void {
    const isLate = this.kind === succeeded
    if (!isLate) this.release()
    this.owner.innerFinished(this)
    if (isLate) this.release()
  }

  protected allReleased(): void {
    this.outer.innerReleased(this)
  }

  protected completed(): undefined {
    this.owner.innerFinished(this)
    this.releaseAll()
    this.outer.innerReleased(this)
  }
}
