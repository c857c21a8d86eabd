import { expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { pipeline } from '../pipeline/pipeline.ts'
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
