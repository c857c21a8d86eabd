import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import type { RunOptions, Work } from './call-context.ts'
import type { Outcome } from './outcome.ts'
import type { Pipeline } from './pipeline.ts'

/** How a call ended, and what it took. */
export interface RunReport<T> {
  readonly outcome: Outcome<T>
  /** How often the work was begun; 0 when it was refused. */
  readonly attempts: number
  /** Time in which no attempt ran, milliseconds: backoffs, and waits for a slot. */
  readonly waitedMs: number
  /** From the call to its outcome, milliseconds. */
  readonly tookMs: number
}

/**
 * Runs work through a pipeline as `tryRun` does, and tells how often it was tried and how long it waited in between. It
 * costs a few closures and clock readings a call: pipelines that are watched by a runtime count attempts for less.
 *
 * @param options those of the call, and the clock that the pipeline has
 * @example
 * const { outcome, attempts, waitedMs } = await reportRun(charge, ({ signal }) => stripe.charge(order, { signal }))
 */
export async function reportRun<T, Result = never>(
  line: Pick<Pipeline<Result>, 'tryRun'>,
  work: Work<T>,
  options: RunOptions & { readonly clock?: Clock } = {},
): Promise<RunReport<T | Result>> {
  const { clock = systemClock, ...runOptions } = options
  const startedAt = clock.now()
  let [attempts, running, waitedMs, idleSince] = [0, 0, 0, startedAt]
  const counted = async (context: Parameters<Work<T>>[0]): Promise<T> => {
    if (running++ === 0) waitedMs += clock.now() - idleSince
    attempts++
    try {
      return await work(context)
    } finally {
      if (--running === 0) idleSince = clock.now()
    }
  }
  const outcome = await line.tryRun(counted, runOptions)
  const endedAt = clock.now()
  if (running === 0) waitedMs += endedAt - idleSince
  return { outcome, attempts, waitedMs, tookMs: endedAt - startedAt }
}
