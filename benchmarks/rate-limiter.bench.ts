import { Effect } from 'effect'
import { Ratelimit } from 'mollitia'
import { rateLimiter } from 'breakwater'
import { sharedTick } from './clock/coarse-tick.ts'
import { bottleneckTrial } from './contestants/bottleneck.ts'
import { effectOf, effectRateLimiter, effectTrial } from './contestants/effect.ts'
import { mollitiaTrial } from './contestants/mollitia.ts'
import { ours, oursTried, oursWithRuntime } from './contestants/ours.ts'
import { rateLimiterFlexible } from './contestants/rate-limiter-flexible.ts'
import { type Case, compareAll, type Contestants, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { succeedingWork, type Work } from './harness/work.ts'
import { limitRate, type LimitRate } from './limit/rate.ts'

const dayMs = 86_400_000
const enough: LimitRate = { limit: 1e9, intervalMs: 1_000 }
const oneADay: LimitRate = { limit: 1, intervalMs: dayMs }

/** A rate limiter that lets all through, and one that refuses. */
export const rateLimiterSuite: Suite = {
  name: 'rate-limiter',
  about:
    'breakwater: token bucket, as limit and effect; the others have fixed or sliding windows; refused: ours through tryRun, the others by catching. bottleneck waits for timers at each call, and instead of refusing. cockatiel and opossum have no rate limiter.',
  run(settings) {
    const bottleneck = (): Trial => bottleneckOf(enough, succeedingWork())
    const success = {
      ...rateContestants(succeedingWork, enough),
      ...ourOthers(succeedingWork, enough),
      bottleneck,
    }
    return compareAll([caseOf('success', success), caseOf('refused', refusing())], settings)
  },
}

function caseOf(name: string, contestants: Contestants): Case {
  const loop = name === 'success' ? 'plain' : 'catching'
  return { suite: 'rate-limiter', case: name, loop, contestants }
}

/** All that refuse when the rate is exceeded; `bare` does not. */
export function rateContestants(makeWork: () => Work, rate: LimitRate) {
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => limitTrial(makeWork(), rate),
    breakwater: () => ours([rateLimiter(rate)], makeWork()),
    'breakwater + runtime': () => oursWithRuntime([rateLimiter(rate)], makeWork()),
    'rate-limiter-flexible': () => flexibleTrial(makeWork(), rate),
    mollitia: () => mollitiaTrial([mollitiaRate(rate)], makeWork()),
    effect: () => effectRateTrial(makeWork(), rate),
  } satisfies Contestants
}

/** Our other algorithms. */
export function ourOthers(makeWork: () => Work, rate: LimitRate): Contestants {
  const gcra = { ...rate, algorithm: 'gcra', burst: rate.limit } as const
  const slidingWindow = { ...rate, algorithm: 'sliding-window' } as const
  return {
    'breakwater, gcra': () => ours([rateLimiter(gcra)], makeWork()),
    'breakwater, sliding window': () => ours([rateLimiter(slidingWindow)], makeWork()),
  }
}

/** Each has admitted its one call of the day. */
function refusing(): Contestants {
  const { bare, 'breakwater + runtime': _, ...others } = rateContestants(succeedingWork, oneADay)
  const breakwater = (): Trial => oursTried([rateLimiter(oneADay)], succeedingWork())
  const spent = Object.entries({ ...others, breakwater }).map(([name, make]) => {
    return [name, () => afterOneCall(make)] as const
  })
  return { bare, ...Object.fromEntries(spent) }
}

async function afterOneCall(make: () => Trial | Promise<Trial>): Promise<Trial> {
  const trial = await make()
  await trial.call()
  return trial
}

/** Waits instead of refusing. */
export function bottleneckOf({ limit, intervalMs }: LimitRate, work: Work): Trial {
  const reservoir = { reservoir: limit, reservoirRefreshAmount: limit, reservoirRefreshInterval: intervalMs }
  return bottleneckTrial(reservoir, work)
}

function limitTrial(work: Work, rate: LimitRate): Trial {
  const run = limitRate(rate, sharedTick())
  return { call: () => run(work) }
}

function flexibleTrial(work: Work, rate: LimitRate): Trial {
  const limiter = rateLimiterFlexible(rate)
  const call = async (): Promise<unknown> => {
    await limiter.consume('work')
    return work()
  }
  return { call }
}

function mollitiaRate({ limit, intervalMs }: LimitRate): Ratelimit {
  return new Ratelimit({ limitForPeriod: limit, limitPeriod: intervalMs })
}

async function effectRateTrial(work: Work, rate: LimitRate): Promise<Trial> {
  const admission = await effectRateLimiter(rate)
  return effectTrial(Effect.andThen(admission('work'), effectOf(work)))
}
