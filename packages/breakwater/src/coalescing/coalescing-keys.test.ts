import { expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { cache } from '../cache/cache.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import type { Policy } from '../pipeline/policy.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { coalescing } from './coalescing.ts'

it('coalescing() fails the call with what keyOf throws, and what stands outside loses no slot', async () => {
  const broken = new Error('no key')
  const slots = bulkhead({ limit: 1 })
  const keyOf = (): string => {
    throw broken
  }

  const outcome = await pipeline({ policies: [slots, coalescing({ keyOf })] }).tryRun(() => 1)

  expect(outcome).toEqual({ ok: false, error: broken })
  expect(slots.active).toBe(0)
})

it('coalescing() refuses a key that is no text: as one, every object would be the same', async () => {
  const keyOf = ({ args }: { readonly args: readonly unknown[] }): string => args[0] as string
  const load = pipeline({ policies: [coalescing({ keyOf })] }).wrap((user: object) => user)

  await expect(load({ id: 1 })).rejects.toThrow('its key must be a string: current value is a object')
})

it('coalescing() alone shares the run of equal calls', async () => {
  const policy = coalescing({ name: 'users' })
  let runs = 0
  const load = (): Promise<number> => policy.run(() => Promise.resolve(++runs), { key: '7' })

  expect(await Promise.all([load(), load()])).toEqual([1, 1])
})

it.each([
  { what: 'without', policies: (): Policy[] => [], calls: 200, waitMs: 50 },
  { what: 'with', policies: (): Policy[] => [coalescing()], calls: 20, waitMs: 27.5 },
  {
    what: 'with, in a cache of 1 s',
    policies: (): Policy[] => [cache({ ttlMs: 1_000 }), coalescing()],
    calls: 1,
    waitMs: 1.375,
  },
])(
  '200 callers a second, answers of 50 ms, $what: $calls calls, $waitMs ms on average',
  async ({ policies, calls, waitMs }) => {
    const clock = new FakeClock()
    const line = pipeline({ policies: policies(), clock })
    let runs = 0
    const waits: number[] = []
    const ask = async (): Promise<void> => {
      const since = clock.now()
      await line.run(() => clock.sleep(50).then(() => ++runs), { key: 'page' })
      waits.push(clock.now() - since)
    }

    for (let i = 0; i < 200; i++) {
      void ask()
      await clock.advance(5)
    }
    await clock.advance(50)

    expect(runs).toBe(calls)
    expect(waits.reduce((sum, wait) => sum + wait, 0) / waits.length).toBe(waitMs)
  },
)
