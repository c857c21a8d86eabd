import type { OutcomeKind } from './outcome.ts'
import type { CallState } from './run-handle.ts'
import { Run } from './run.ts'

/** A further run through the inner levels, made for a driver. */
export class InnerRun extends Run {
  declare readonly call: CallState
  declare private readonly outer: Run

  constructor(outer: Run, lo: number, attempt: number) {
    super(outer.plan, lo, attempt)
    this.call = outer.call
    this.outer = outer
  }

  protected makeInner(lo: number, attempt: number): Run {
    return new InnerRun(this, lo, attempt)
  }

  protected workStarted(): void {
    // Nobody waits for this promise: the outer run is told.
  }

  protected promiseEnded(kind: OutcomeKind, payload: unknown): undefined {
    this.workEnded(kind, payload)
    return undefined
  }

  protected finished(): void {
    this.outer.innerFinished(this)
  }

  protected allReleased(): void {
    this.outer.innerReleased()
  }

  protected completed(): void {
    this.outer.innerReleased()
    this.outer.innerFinished(this)
  }
}
