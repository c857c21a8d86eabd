import { expect, it } from 'vitest'
import { seededRandom } from '../random/seeded-random.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { balancer } from './balancer.ts'
import { slowStartShare } from './slow-start.ts'
import type { StrategyName } from './strategies/strategies.ts'

const linear = { windowMs: 1_000, minShare: 0.1, aggression: 1 }

it('slowStartShare() rises evenly from its minimum to 1 at the end of the window', () => {
  expect([0, 100, 101, 500, 999, 1_000, 5_000].map((age) => slowStartShare(age, linear))).toEqual([
    0.1,
    0.1,
    expect.closeTo(0.101),
    0.5,
    0.999,
    1,
    1,
  ])
})

it('slowStartShare() rises faster at first with an aggression above 1', () => {
  expect(slowStartShare(250, { ...linear, aggression: 2 })).toBe(0.5)
})

it('slowStartShare() is its minimum before it began: when a clock steps back', () => {
  expect(slowStartShare(-250, { ...linear, aggression: 2 })).toBe(0.1)
})

/** The share of 4 000 picks that the fourth of four gets, `ageMs` after it was added. */
async function shareAt(strategy: StrategyName, ageMs: number): Promise<number> {
  const clock = new FakeClock()
  const random = seededRandom(5)
  const slowStart = { windowMs: 10_000 }
  const api = balancer({ endpoints: ['a', 'b', 'c'], strategy, slowStart, clock, random, load: 'in-flight' })
  api.add('new')
  await clock.advance(ageMs)
  let count = 0
  for (let i = 0; i < 4_000; i++) {
    const permit = api.pick()
    if (permit?.endpoint === 'new') count++
    permit?.succeed()
  }
  return count / 4_000
}

it('a new endpoint gets about a tenth of its share at first, with each strategy', async () => {
  const names: readonly StrategyName[] = ['p2c', 'least-loaded', 'round-robin', 'weighted']
  const shares = await Promise.all(names.map((name) => shareAt(name, 0)))

  // A full share is 25 %. Round robin gives one that takes part its turn at once: at most the tenth itself.
  expect(Math.max(...shares)).toBeLessThan(0.11)
  expect(Math.min(...shares)).toBeGreaterThan(0.015)
})

it('a new endpoint gets more with time, and its full share after the window', async () => {
  const shares = [
    await shareAt('least-loaded', 0),
    await shareAt('least-loaded', 5_000),
    await shareAt('least-loaded', 10_000),
  ]

  expect(shares[0]).toBeCloseTo(0.025, 1)
  expect(shares[1]).toBeGreaterThan(0.1)
  expect(shares[1]).toBeLessThan(0.16)
  expect(shares[2]).toBeCloseTo(0.25, 1)
})

it('a restored endpoint comes back by slow start, and says so', async () => {
  const clock = new FakeClock()
  const api = balancer({
    endpoints: ['a', 'b'],
    clock,
    random: seededRandom(1),
    outlierEjection: { jitter: 0 },
  })
  for (let i = 0; i < 5; i++) api.pick(['b'])?.fail(new Error('down'))
  await clock.advance(30_000)
  api.pick()?.succeed()
  await clock.advance(15_000)

  expect(api.explain().endpoints[0]).toMatchObject({
    status: 'healthy',
    rampShare: 0.5,
    reason: 'slow start: takes part in 50 % of choices',
  })
})

it('endpoints that were there from the start have none', () => {
  const api = balancer({ endpoints: ['a'], clock: new FakeClock() })

  expect(api.explain().endpoints[0]).toMatchObject({ rampShare: 1, reason: 'healthy' })
})
