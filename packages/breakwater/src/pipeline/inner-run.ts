import type { OutcomeKind } from './outcome.ts'
import type { CallState, InnerOwner } from './run-handle.ts'
import { Run } from './run.ts'

/** A further run through the inner levels, made for a driver. */
export class InnerRun extends Run {
  declare readonly call: CallState
  declare private readonly outer: Run
  declare private readonly owner: InnerOwner

  constructor(outer: Run, place: { lo: number; attempt: number }, owner: InnerOwner) {
    super(outer.plan, place.lo, place.attempt)
    this.call = outer.call
    this.outer = outer
    this.owner = owner
    this.endpoint = outer.endpoint
  }

  protected makeInner(lo: number, attempt: number, owner: InnerOwner): Run {
    return new InnerRun(this, { lo, attempt }, owner)
  }

  protected promiseEnded(kind: OutcomeKind, payload: unknown): undefined {
    this.workEnded(kind, payload)
    return undefined
  }

  protected finished(): void {
    this.owner.innerFinished(this)
  }

  protected allReleased(): void {
    this.outer.innerReleased(this)
  }

  protected completed(): undefined {
    this.outer.innerReleased(this)
    this.owner.innerFinished(this)
  }
}
