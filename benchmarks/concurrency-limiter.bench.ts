import { aimd, concurrencyLimiter, gradient2, type LimitAlgorithm, vegas } from 'breakwater'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { compareAll, type Contestants, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { succeedingWork, type Work } from './harness/work.ts'
import { limitAimd } from './limit/aimd.ts'

/** A limit on calls at once that adapts. */
export const concurrencyLimiterSuite: Suite = {
  name: 'concurrency-limiter',
  about:
    'one call at a time; the limit adapts to latency and failures. breakwater: gradient2, its default. limit: AIMD. None of the other libraries has one.',
  run(settings) {
    const contestants = {
      ...adaptiveContestants(succeedingWork),
      'breakwater + runtime': () => oursWithRuntime([concurrencyLimiter()], succeedingWork()),
    }
    return compareAll(
      [{ suite: 'concurrency-limiter', case: 'success', loop: 'plain', contestants }],
      settings,
    )
  },
}

/** All that limit how many run at once; `bare` does not. */
export function adaptiveContestants(makeWork: () => Work): Contestants {
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => limitTrial(makeWork()),
    breakwater: () => oursTrial(gradient2(), makeWork()),
    'breakwater, aimd': () => oursTrial(aimd(), makeWork()),
    'breakwater, vegas': () => oursTrial(vegas(), makeWork()),
  }
}

function oursTrial(algorithm: LimitAlgorithm, work: Work): Trial {
  return ours([concurrencyLimiter({ algorithm })], work)
}

function limitTrial(work: Work): Trial {
  const run = limitAimd(20)
  return { call: () => run(work) }
}
