import { type CallerContext, captureContext } from '../clock/caller-context.ts'
import type { RunOptions, Work } from './call-context.ts'
import type { SparedBy } from './call-observer.ts'
import type { Detach } from './detacher-of.ts'
import type { Depositor } from './depositor.ts'
import type { CallState, InnerOwner, RunHandle } from './run-handle.ts'

/** A call as it goes on behind its answer, without its caller's deadline. Its attempts count as those of the call that it came from. */
class DetachedCall implements CallState {
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
}

/** Runs the levels inside `index` once more behind the answer of a run: what is left to the run's caller does not bind them. */
export function startDetached(
  { run, index, detach }: { run: RunHandle; index: number; detach: Detach },
  owner: InnerOwner,
): void {
  const call = new DetachedCall(run.call)
  detach(() => {
    call.callerContext = captureContext()
    run.startInner({ lo: index + 1, attempt: run.attempt, call }, owner)
  })
}
