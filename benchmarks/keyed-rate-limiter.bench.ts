import { Effect } from 'effect'
import { rateLimiter } from 'breakwater'
import { sharedTick } from './clock/coarse-tick.ts'
import { effectOf, effectRateLimiter, effectTrial } from './contestants/effect.ts'
import { oursKeyed } from './contestants/ours-keyed.ts'
import { rateLimiterFlexible } from './contestants/rate-limiter-flexible.ts'
import { compareAll, type Contestants, type Trial } from './harness/compare.ts'
import { keysInTurn } from './harness/keys.ts'
import type { Suite } from './harness/suite.ts'
import { succeedingWork, type Work } from './harness/work.ts'
import { limitKeyedRate, type LimitRate } from './limit/rate.ts'

const suite = 'keyed-rate-limiter'
const enough: LimitRate = { limit: 1e9, intervalMs: 1 }
const loop = 'plain'

/** A rate limiter with a limit for each key. */
export const keyedRateLimiterSuite: Suite = {
  name: suite,
  about:
    'a limit for each key, with 1 key and with 10,000 in turn. limit: a Map of token buckets that forgets nothing. bottleneck has groups, which cost 5 ms a call as the rest of it.',
  run(settings) {
    const one = keyedRateContestants(succeedingWork, enough, () => keysInTurn(1))
    const many = keyedRateContestants(succeedingWork, enough, () => keysInTurn(10_000))
    return compareAll(
      [
        { suite, case: '1 key', loop, contestants: one },
        { suite, case: '10,000 keys', loop, contestants: many },
      ],
      settings,
    )
  },
}

/** All that limit each key by itself; `bare` does not. */
export function keyedRateContestants(
  makeWork: () => Work,
  rate: LimitRate,
  makeKeys: () => () => string,
): Contestants {
  return {
    bare: () => bareTrial(makeWork(), makeKeys()),
    limit: () => limitTrial(makeWork(), rate, makeKeys()),
    breakwater: () => oursKeyed(rateLimiter(rate), makeWork(), makeKeys()),
    'rate-limiter-flexible': () => flexibleTrial(makeWork(), rate, makeKeys()),
    effect: () => effectRateTrial(makeWork(), rate, makeKeys()),
  }
}

function bareTrial(work: Work, nextKey: () => string): Trial {
  const call = (): Promise<unknown> => {
    nextKey()
    return work()
  }
  return { call }
}

function limitTrial(work: Work, rate: LimitRate, nextKey: () => string): Trial {
  const run = limitKeyedRate(rate, sharedTick())
  return { call: () => run(work, nextKey()) }
}

function flexibleTrial(work: Work, rate: LimitRate, nextKey: () => string): Trial {
  const limiter = rateLimiterFlexible(rate)
  const call = async (): Promise<unknown> => {
    await limiter.consume(nextKey())
    return work()
  }
  return { call }
}

async function effectRateTrial(work: Work, rate: LimitRate, nextKey: () => string): Promise<Trial> {
  const admission = await effectRateLimiter(rate)
  const effect = effectOf(work)
  return effectTrial(Effect.suspend(() => Effect.andThen(admission(nextKey()), effect)))
}
