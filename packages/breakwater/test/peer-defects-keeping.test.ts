import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import {
  adaptiveThrottle,
  balancer,
  bulkhead,
  cache,
  chaos,
  circuitBreaker,
  coalescing,
  concurrencyLimiter,
  fallback,
  fault,
  hedge,
  keyedCircuitBreaker,
  type Pipeline,
  pipeline,
  type Policy,
  rateLimiter,
  retry,
  timeout,
} from '../src/index.ts'
import { nextMacrotask } from '../src/clock/macrotask.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const broken = new Error('down')
const failing = (): Promise<never> => Promise.reject(broken)

interface Listened {
  on(listener: () => void): () => void
}

/** Each with how to make it say something, as often as it is asked to. */
const talkers: readonly [
  string,
  () => { readonly policy: Listened; readonly say: () => Promise<unknown> },
][] = [
  [
    'bulkhead()',
    () => {
      const policy = bulkhead({ limit: 1 })
      const say = async (): Promise<void> => {
        const permit = policy.tryAcquire()
        await policy.run(() => 1).catch(() => 1)
        permit?.release()
      }
      return { policy, say }
    },
  ],
  [
    'circuitBreaker()',
    () => {
      const policy = circuitBreaker({ consecutiveFailures: 1 })
      return { policy, say: () => Promise.resolve(policy.isolate().release()) }
    },
  ],
  [
    'fallback()',
    () => {
      const policy = fallback(() => 1)
      return { policy, say: () => policy.run(failing) }
    },
  ],
  [
    'hedge()',
    () => {
      const policy = hedge({ delay: 1_000 })
      return { policy, say: () => policy.run(failing).catch(() => 1) }
    },
  ],
  [
    'rateLimiter()',
    () => {
      const policy = rateLimiter({ limit: 1, intervalMs: 86_400_000 })
      let key = 0
      const say = async (): Promise<void> => {
        key++
        policy.tryAcquire(1, `${key}`)
        policy.tryAcquire(1, `${key}`)
        await Promise.resolve()
      }
      return { policy, say }
    },
  ],
  [
    'chaos()',
    () => {
      const policy = chaos({ isEnabled: true, faults: [fault({ rate: 1 })] })
      return { policy, say: () => policy.run(() => 1).catch(() => 1) }
    },
  ],
]

describe('what is not needed any more', () => {
  it.each(talkers)(
    'D7: %s does not call a listener that was taken away, be it the first, the last or one between',
    async (_, make) => {
      const { policy, say } = make()
      const heard: string[] = []
      const leave = ['first', 'second', 'third'].map((name) => policy.on(() => heard.push(name)))
      leave[0]?.()
      await say()
      const without = heard.splice(0)
      leave[2]?.()
      leave[2]?.()
      await say()

      expect([...new Set(without)]).toEqual(['second', 'third'])
      expect([...new Set(heard)]).toEqual(['second'])
    },
  )

  it('D7: a thousand pipelines that nobody holds are gone with all their policies, whatever they did', async () => {
    const seen: WeakRef<object>[] = []
    for (let i = 0; i < 1_000; i++) await useAndDrop((made) => seen.push(new WeakRef(made)))
    await nextMacrotask()
    collect()
    await nextMacrotask()
    collect()

    const kept = seen.filter((reference) => reference.deref() !== undefined)

    // What the last call touched may still be on the stack.
    expect(kept.length).toBeLessThan(30)
    expect(seen.length).toBeGreaterThan(14_000)
  })
})

describe('keys that many calls share', () => {
  it('D17: a thousand calls of one key at once lose no update: the limit is exact', async () => {
    const limiter = rateLimiter({ limit: 100, intervalMs: 86_400_000 })
    const call = (): Promise<string> =>
      limiter.run(() => nextMacrotask().then(() => 'in'), { key: 'one' }).catch(() => 'out')

    const ends = await Promise.all(Array.from({ length: 1_000 }, call))

    expect([ends.filter((end) => end === 'in').length, limiter.rejected]).toEqual([100, 900])
  })

  it('D17: a thousand failures of one key at once are all counted, and another key has none of them', async () => {
    const breaker = keyedCircuitBreaker({ consecutiveFailures: 1_000 })
    const fail = (): Promise<unknown> =>
      breaker.run(() => nextMacrotask().then(failing), { key: 'one' }).catch(() => 1)
    await Promise.all(Array.from({ length: 999 }, fail))
    const before = breaker.keysInTrouble
    await fail()
    const permits = [breaker.tryAcquire('one'), breaker.tryAcquire('other')]

    expect([before, breaker.keysInTrouble]).toEqual([0, 1])
    expect(permits.map((permit) => permit !== undefined)).toEqual([false, true])
  })
})

/** One pipeline of every kind of policy, used once; `made` is told of each. */
async function useAndDrop(made: (object: object) => void): Promise<void> {
  const policies: readonly Policy<unknown>[] = [
    cache({ ttlMs: 60_000 }),
    coalescing(),
    fallback(() => 1),
    timeout({ totalMs: 60_000 }),
    retry({ maxRetries: 1 }),
    hedge({ delay: 60_000 }),
    circuitBreaker(),
    keyedCircuitBreaker(),
    adaptiveThrottle(),
    rateLimiter(),
    concurrencyLimiter(),
    bulkhead({ limit: 1, queue: 1 }),
    balancer({ endpoints: ['a', 'b'] }),
    timeout({ ms: 60_000 }),
  ]
  const line: Pipeline<unknown> = pipeline({ operation: 'used once', policies })
  for (const object of [line, ...policies]) made(object)
  await line.run(() => Promise.resolve(1), { key: 'a', signal: new AbortController().signal })
}
