import { type CallerContext, captureContext } from '../clock/caller-context.ts'
import type { RunOptions, Work } from './call-context.ts'
import type { SparedBy } from './call-observer.ts'
import type { Depositor } from './depositor.ts'
import type { Plan } from './plan.ts'
import type { CallState, InnerHandle } from './run-handle.ts'

/** A run for it, as it starts that. */
interface DetachedRun extends InnerHandle {
  readonly plan: Plan
  enter(index: number): unknown
}

/** A call as it goes on behind its answer, without its caller's deadline. Its attempts count as those of the call that it came from. */
export class DetachedCall implements CallState {
  readonly isDetached = true
  triedEndpoints: unknown[] | undefined = undefined
  sparedBy: SparedBy | undefined = undefined
  depositor: Depositor | undefined = undefined
  callerContext: CallerContext | undefined = undefined
  readonly #from: CallState

  constructor(from: CallState) {
    this.#from = from
  }

  get work(): Work<unknown> {
    return this.#from.work
  }

  get options(): RunOptions | undefined {
    return this.#from.options
  }

  get attemptsMade(): number {
    return this.#from.attemptsMade
  }

  set attemptsMade(count: number) {
    this.#from.attemptsMade = count
  }

  start(run: DetachedRun): void {
    const { detach, keepsContext } = run.plan
    detach(() => {
      if (keepsContext) this.callerContext = captureContext()
      run.enter(run.lo)
    })
  }
}
