import Bottleneck from 'bottleneck'
import { Effect } from 'effect'
import { Circuit, Ratelimit } from 'mollitia'
import { pipeline, rateLimiter, type RateLimiterOptions } from 'breakwater'
import { sharedTick } from '../clock/coarse-tick.ts'
import { effectOf, effectRateLimiter, effectTrial } from '../contestants/effect.ts'
import { rateLimiterFlexible } from '../contestants/rate-limiter-flexible.ts'
import { limitKeyedRate, type LimitRate } from '../limit/rate.ts'
import { each, eachAround, type IdleKind, keyed, type KeyedCall } from './idle-kind.ts'

const rate: LimitRate = { limit: 100, intervalMs: 60_000 }

/** A limit of a hundred a minute for each name. */
export const idleRateLimiters: IdleKind = {
  bare: each(
    (name) => ({ name }),
    (_, work) => work(),
  ),
  limit: keyed(() => {
    const run = limitKeyedRate(rate, sharedTick())
    return (key, work) => run(work, key)
  }),
  breakwater: keyed(() => ours({})),
  'breakwater, sliding window': keyed(() => ours({ algorithm: 'sliding-window' })),
  'rate-limiter-flexible': keyed(() => {
    const limiter = rateLimiterFlexible(rate)
    return async (key, work) => {
      await limiter.consume(key)
      return work()
    }
  }),
  effect: keyed(effectKeyed),
  mollitia: eachAround(
    (func, name) => {
      const limiter = new Ratelimit({ limitForPeriod: rate.limit, limitPeriod: rate.intervalMs })
      return new Circuit({ name, func, options: { modules: [limiter] } })
    },
    (circuit) => circuit.execute(),
  ),
  bottleneck: keyed(() => {
    const group = new Bottleneck.Group({
      ...{ reservoir: rate.limit, reservoirRefreshAmount: rate.limit },
      reservoirRefreshInterval: rate.intervalMs,
    })
    return (key, work) => group.key(key).schedule(work)
  }),
}

function ours(options: RateLimiterOptions): KeyedCall {
  const line = pipeline({ policies: [rateLimiter({ ...rate, ...options })] })
  return (key, work) => line.run(work, { key })
}

async function effectKeyed(): Promise<KeyedCall> {
  const admission = await effectRateLimiter(rate)
  return (key, work) => effectTrial(Effect.andThen(admission(key), effectOf(work))).call()
}
