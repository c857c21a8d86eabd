import { Deadline } from '../clock/deadline.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import type { TimeoutBound } from './timeout-errors.ts'

/** What a timeout keeps of a run that it watches over; used again by the next call of the same place. */
export class TimedRun {
  readonly run: RunHandle
  readonly index: number
  readonly deadline: Deadline
  id = 0
  startedAt = 0
  limitMs = 0
  boundBy: TimeoutBound = 'limit'
  /** Its limit was reached. */
  isTimedOut = false
  /** Somebody cancelled it. */
  cancellation: { readonly reason: unknown } | undefined = undefined

  constructor(run: RunHandle, index: number) {
    this.run = run
    this.index = index
    this.deadline = new Deadline(run, index)
  }

  /** As new, for a run that begins. */
  begin(startedAt: number, limitMs: number, boundBy: TimeoutBound): void {
    this.startedAt = startedAt
    this.limitMs = limitMs
    this.boundBy = boundBy
    this.isTimedOut = false
    this.cancellation = undefined
  }
}
