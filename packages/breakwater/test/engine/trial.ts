import { getEventListeners } from 'node:events'
import type { RunOptions } from '../../src/pipeline/call-context.ts'
import type { CallPlan } from './scenario.ts'

/** One call on its way. */
export class Trial {
  readonly id: number
  readonly plan: CallPlan
  readonly controller: AbortController = new AbortController()
  readonly reason: Error
  /** How often its work was started. */
  starts = 0
  /** How often its caller was answered. */
  ends = 0

  constructor(id: number, plan: CallPlan) {
    this.id = id
    this.plan = plan
    this.reason = new Error(`aborted ${id}`)
  }

  get options(): RunOptions {
    const { hasSignal, key, criticality, idempotent } = this.plan
    return {
      args: [this.id],
      ...(hasSignal ? { signal: this.controller.signal } : {}),
      ...(key === undefined ? {} : { key }),
      ...(criticality === undefined ? {} : { criticality }),
      ...(idempotent === undefined ? {} : { idempotent }),
    }
  }

  /** Whether its caller is told to have given up. */
  get isAborted(): boolean {
    return this.plan.hasSignal && this.controller.signal.aborted
  }

  abort(): void {
    this.controller.abort(this.reason)
  }

  /** What is wrong with it when all is over. */
  leftovers(): readonly (string | false)[] {
    const listeners = getEventListeners(this.controller.signal, 'abort').length
    return [
      this.ends !== 1 && `call ${this.id} ended ${this.ends} times`,
      listeners > 0 && `call ${this.id} left ${listeners} listeners`,
    ]
  }
}
