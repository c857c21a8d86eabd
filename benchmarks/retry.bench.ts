import { Effect } from 'effect'
import { fixed, retry } from 'breakwater'
import { cockatielRetry } from './contestants/cockatiel.ts'
import { effectOf, effectTrial } from './contestants/effect.ts'
import { mollitiaRetry, mollitiaTrial } from './contestants/mollitia.ts'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { pRetryOf } from './contestants/p-retry.ts'
import { type Case, compareAll, type Contestants, type Trial } from './harness/compare.ts'
import type { LoopKind } from './harness/loop.ts'
import type { Suite } from './harness/suite.ts'
import { failingOnceWork, failingWork, isWorthRetrying, succeedingWork, type Work } from './harness/work.ts'
import { limitRetry } from './limit/alone.ts'

const maxRetries = 2

/** Retry around work that succeeds, work whose error is not worth another attempt, and work that succeeds at the second. */
export const retrySuite: Suite = {
  name: 'retry',
  about:
    'two retries without a delay. failure: not worth a retry. one retry: a failure, then a success; bare tries again by hand. opossum has no retry.',
  run(settings) {
    const cases = [
      caseOf('success', 'plain', retryContestants(succeedingWork)),
      caseOf('failure', 'catching', retryContestants(failingWork)),
      caseOf('one retry', 'plain', { ...retryContestants(failingOnceWork), bare: twiceByHand }),
    ]
    return compareAll(cases, settings)
  },
}

/** All that can retry; `bare` does not. */
export function retryContestants(makeWork: () => Work): Contestants {
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => limitTrial(makeWork()),
    breakwater: () => ours([ourRetry()], makeWork()),
    'breakwater + runtime': () => oursWithRuntime([ourRetry()], makeWork()),
    cockatiel: () => cockatielRetry(maxRetries, makeWork()),
    'p-retry': () => ({ call: pRetryOf(makeWork(), maxRetries) }),
    mollitia: () => mollitiaTrial([mollitiaRetry(maxRetries)], makeWork()),
    effect: () => effectTrial(retried(makeWork())),
  }
}

function caseOf(name: string, loop: LoopKind, contestants: Contestants): Case {
  return { suite: 'retry', case: name, loop, contestants }
}

function ourRetry(): ReturnType<typeof retry> {
  return retry({ maxRetries, backoff: fixed({ delayMs: 0 }), retryOn: isWorthRetrying })
}

function limitTrial(work: Work): Trial {
  const run = limitRetry(maxRetries, isWorthRetrying)
  return { call: () => run(work) }
}

function retried(work: Work): ReturnType<typeof effectOf> {
  return Effect.retry(effectOf(work), { times: maxRetries, while: isWorthRetrying })
}

function twiceByHand(): Trial {
  const work = failingOnceWork()
  const call = async (): Promise<unknown> => {
    try {
      return await work()
    } catch {
      return work()
    }
  }
  return { call }
}
