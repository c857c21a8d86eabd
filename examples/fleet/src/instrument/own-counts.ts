import type { Outcome, Pipeline, RunOptions, Work } from 'breakwater'

/** What a service counted of one operation by itself, without the library: the other side of the hub's books. */
export interface OperationCounts {
  calls: number
  successes: number
  failures: number
  rejections: number
  cancellations: number
  attempts: number
  attemptFailures: number
}

/** A service's own books, by operation. */
export interface OwnCounts {
  /** Runs the work through the pipeline and counts how it ended, in an outcome or in what `run` would throw. */
  tryRun<T, R>(through: Pipeline<R>, work: Work<T>, options?: RunOptions): Promise<Outcome<T | R>>
  run<T, R>(through: Pipeline<R>, work: Work<T>, options?: RunOptions): Promise<T | R>
  readonly operations: Readonly<Record<string, Readonly<OperationCounts>>>
}

/** Opens empty books. */
export function ownCounts(): OwnCounts {
  const operations: Record<string, OperationCounts> = {}

  async function tryRun<T, R>(
    through: Pipeline<R>,
    work: Work<T>,
    options?: RunOptions,
  ): Promise<Outcome<T | R>> {
    const counts = (operations[through.operation] ??= noCounts())
    const outcome = await through.tryRun(
      (context) => attempt(counts, () => work(context), options?.signal),
      options,
    )
    counts.calls += 1
    counts[endOf(outcome, options?.signal)] += 1
    return outcome
  }

  return {
    ...{ operations, tryRun },
    run: async (through, work, options) => {
      const outcome = await tryRun(through, work, options)
      if (outcome.ok) return outcome.value
      throw outcome.error
    },
  }
}

async function attempt<T>(
  counts: OperationCounts,
  work: () => T | PromiseLike<T>,
  caller: AbortSignal | undefined,
): Promise<T> {
  counts.attempts += 1
  try {
    return await work()
  } catch (error) {
    // What the caller broke off has not failed.
    if (caller?.aborted !== true) counts.attemptFailures += 1
    throw error
  }
}

function endOf(
  outcome: Outcome<unknown>,
  signal: AbortSignal | undefined,
): 'successes' | 'failures' | 'rejections' | 'cancellations' {
  if (outcome.ok) return 'successes'
  if (outcome.rejection !== undefined) return 'rejections'
  return signal?.aborted === true && outcome.error === signal.reason ? 'cancellations' : 'failures'
}

function noCounts(): OperationCounts {
  return {
    ...{ calls: 0, successes: 0, failures: 0, rejections: 0, cancellations: 0 },
    ...{ attempts: 0, attemptFailures: 0 },
  }
}
