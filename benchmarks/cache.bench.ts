import { Cache as EffectCache, Effect } from 'effect'
import { Cache as MollitiaCache } from 'mollitia'
import { cache } from 'breakwater'
import { sharedTick } from './clock/coarse-tick.ts'
import { effectOf, effectTrial } from './contestants/effect.ts'
import { mollitiaTrial } from './contestants/mollitia.ts'
import { opossumOf, opossumTrial } from './contestants/opossum.ts'
import { oursKeyed } from './contestants/ours-keyed.ts'
import { compareAll, type Contestants, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { succeedingWork, type Work } from './harness/work.ts'
import { limitCache } from './limit/shared.ts'

const ttlMs = 3_600_000
const maxEntries = 1_000
const key = 'tenant-1'

/** A cache that has the answer. */
export const cacheSuite: Suite = {
  name: 'cache',
  about:
    'an answer that is there and fresh, so that the work is not called; bare calls it. opossum: its breaker is in it. opossum and mollitia take the arguments, of which there are none, for the key. cockatiel has no cache.',
  run(settings) {
    const contestants = cacheContestants(succeedingWork)
    return compareAll([{ suite: 'cache', case: 'hit', loop: 'plain', contestants }], settings)
  },
}

/** All that call the work once and then give its answer; `bare` calls it each time. */
export function cacheContestants(makeWork: () => Work): Contestants {
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => limitTrial(makeWork()),
    breakwater: () => oursKeyed(cache({ ttlMs, maxEntries }), makeWork(), () => key),
    opossum: () => opossumTrial(opossumOf(makeWork(), { cache: true, cacheTTL: ttlMs })),
    mollitia: () => mollitiaTrial([mollitiaCache()], makeWork()),
    effect: () => effectCached(makeWork()),
  }
}

function limitTrial(work: Work): Trial {
  const run = limitCache(ttlMs, maxEntries, sharedTick())
  return { call: () => run(work, key) }
}

/** It keeps answers by function and arguments: there must be one to begin with. */
function mollitiaCache(): MollitiaCache {
  return new MollitiaCache({ ttl: ttlMs, adjustCacheParams: () => [key] })
}

async function effectCached(work: Work): Promise<Trial> {
  const lookup = (): ReturnType<typeof effectOf> => effectOf(work)
  const answers = await Effect.runPromise(
    EffectCache.make({ lookup, capacity: maxEntries, timeToLive: ttlMs }),
  )
  return effectTrial(EffectCache.get(answers, key))
}
