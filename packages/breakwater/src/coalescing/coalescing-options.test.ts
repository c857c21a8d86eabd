import { expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { coalescing } from './coalescing.ts'
import type { CoalescingOptions } from './coalescing-options.ts'

type KeyedCall = Parameters<NonNullable<CoalescingOptions['keyOf']>>[0]

it.each([
  [{ maxKeys: 0 }, "Cannot create coalescing as 'maxKeys' must be an integer >= 1: current value is 0"],
  [{ maxKeys: 1.5 }, "Cannot create coalescing as 'maxKeys' must be an integer >= 1: current value is 1.5"],
  [{ keyOf: 'id' }, "Cannot create coalescing as 'keyOf' must be a function: current value is 'id'"],
  [
    { key: 'id' },
    "Cannot create coalescing as 'key' is not an option of it: the options are keyOf, maxKeys, name",
  ],
])('coalescing() refuses %o by name and value', (options, message) => {
  expect(() => coalescing(options as object)).toThrow(message)
})

it('coalescing() is called after its kind, or as it is told', () => {
  expect([coalescing().kind, coalescing().name]).toEqual(['coalescing', 'coalescing'])
  expect(coalescing({ name: 'users' }).name).toBe('users')
})

it('coalescing() shows keyOf the operation, the arguments and the key, and no arguments when there are none', async () => {
  const seen: KeyedCall[] = []
  const keyOf = (call: KeyedCall): undefined => void seen.push(call)
  const user = pipeline({ operation: 'user', policies: [coalescing({ keyOf })] })
  await user.run(() => 1)
  await user.run(() => 1, { key: '7', args: [7, 'x'] })

  expect(seen).toMatchObject([
    { operation: 'user', args: [], key: undefined },
    { operation: 'user', args: [7, 'x'], key: '7' },
  ])
})

it('coalescing() has by default 10,000 keys under way; the next one runs by itself', async () => {
  const policy = coalescing()
  const user = pipeline({ policies: [policy] })
  const gate = Promise.withResolvers<void>()
  const all = Array.from({ length: 10_001 }, (_, id) => user.run(() => gate.promise, { key: `${id}` }))

  expect(policy.stats()).toEqual({ counters: { shared: 0, overflowed: 1 }, gauges: { underWay: 10_000 } })
  gate.resolve()
  await Promise.all(all)
})

it('coalescing() counts a shared call in its stats', async () => {
  const clock = new FakeClock()
  const policy = coalescing()
  const user = pipeline({ policies: [policy], clock })
  const calls = [1, 2, 3].map(() => user.run(() => clock.sleep(5), { key: '7' }))

  expect(policy.stats()).toEqual({ counters: { shared: 2, overflowed: 0 }, gauges: { underWay: 1 } })
  await clock.advance(5)
  await Promise.all(calls)
})
