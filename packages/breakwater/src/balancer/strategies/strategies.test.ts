import { expect, it } from 'vitest'
import { seededRandom } from '../../random/seeded-random.ts'
import { FakeClock } from '../../testing/fake-clock.ts'
import { type Balancer } from '../balancer-api.ts'
import { type BalancerOptions } from '../balancer-options.ts'
import { balancer } from '../balancer.ts'
import { type EndpointFields } from '../endpoint.ts'
import { strategies } from './strategies.ts'

function make(
  options: Partial<BalancerOptions<EndpointFields>> & { endpoints: EndpointFields[] },
): Balancer<EndpointFields> {
  return balancer({ clock: new FakeClock(), random: seededRandom(7), ...options })
}

/** The ids that these many picks chose; each is ended at once. */
function picks(from: Balancer<EndpointFields>, count: number): string[] {
  return Array.from({ length: count }, () => {
    const permit = from.pick()
    permit?.succeed()
    return permit?.endpoint.id ?? 'none'
  })
}

function countOf(ids: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const id of ids) counts[id] = (counts[id] ?? 0) + 1
  return counts
}

const three: EndpointFields[] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
const heavy: EndpointFields[] = [
  { id: 'a', weight: 5 },
  { id: 'b', weight: 1 },
  { id: 'c', weight: 1 },
]

it('round-robin takes each in turn, in the order they were given', () => {
  const chosen = picks(make({ endpoints: three, strategy: 'round-robin' }), 7)

  expect(chosen).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a'])
})

it('round-robin stays exact when an endpoint leaves and another comes', () => {
  const api = make({ endpoints: three, strategy: 'round-robin', slowStart: false })
  picks(api, 4)
  api.remove('b')
  api.add({ id: 'd' })

  expect(picks(api, 6)).toEqual(['d', 'c', 'a', 'd', 'c', 'a'])
})

it('weighted spreads 5 : 1 : 1 smoothly, as nginx does', () => {
  const chosen = picks(make({ endpoints: heavy, strategy: 'weighted' }), 14)

  expect(chosen.join('')).toBe('aabacaaaabacaa')
})

it('weighted gives exact shares over a whole number of rounds, fractions included', () => {
  const endpoints = [
    { id: 'a', weight: 0.5 },
    { id: 'b', weight: 1.5 },
  ]

  expect(countOf(picks(make({ endpoints, strategy: 'weighted' }), 400))).toEqual({ a: 100, b: 300 })
})

it('least-loaded takes the endpoint with the fewest calls under way', () => {
  const api = make({ endpoints: three, strategy: 'least-loaded' })
  const held = [api.pick(), api.pick(), api.pick()]

  expect(held.map((permit) => permit?.endpoint.id).sort()).toEqual(['a', 'b', 'c'])
  held[1]?.succeed()
  expect(api.pick()?.endpoint).toBe(held[1]?.endpoint)
})

it('least-loaded counts calls per weight: weight 5 holds five times as many', () => {
  const api = make({ endpoints: heavy, strategy: 'least-loaded' })
  const held = Array.from({ length: 70 }, () => api.pick()?.endpoint.id ?? 'none')

  expect(countOf(held)).toEqual({ a: 50, b: 10, c: 10 })
})

it('least-loaded breaks ties by chance, evenly', () => {
  const counts = countOf(picks(make({ endpoints: three, strategy: 'least-loaded' }), 3_000))

  expect(Math.min(...Object.values(counts))).toBeGreaterThan(900)
  expect(Math.max(...Object.values(counts))).toBeLessThan(1_100)
})

it('p2c by in-flight keeps the fullest of ten within four calls of the emptiest under 1 000 held calls', () => {
  const endpoints = Array.from({ length: 10 }, (_, index) => ({ id: `e${index}` }))
  const api = make({ endpoints, strategy: 'p2c', load: 'in-flight' })
  const counts = Object.values(countOf(Array.from({ length: 1_000 }, () => api.pick()?.endpoint.id ?? '')))

  expect(counts).toHaveLength(10)
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(4)
})

it('p2c spreads by weight when nothing is under way', () => {
  const api = make({ endpoints: heavy, strategy: 'p2c', load: 'in-flight' })
  const counts = countOf(picks(api, 7_000))

  // Of two drawn by weight the one with less load per weight wins: with none under way that is the heavier.
  expect(counts['a']).toBeGreaterThan(6_000)
  expect(counts['b']).toBeGreaterThan(50)
  expect(counts['c']).toBeGreaterThan(50)
})

it('p2c never chooses the endpoint whose latency is far above all others', async () => {
  const clock = new FakeClock()
  const api = make({ endpoints: three, clock })
  const warm = [api.pick(), api.pick(), api.pick()]
  await clock.advance(10)
  for (const permit of warm) if (permit?.endpoint.id !== 'c') permit?.succeed()
  await clock.advance(990)
  for (const permit of warm) permit?.succeed()

  expect(countOf(picks(api, 300))['c']).toBeUndefined()
})

it('p2c tries an endpoint of unknown latency once, and no more while that call runs', () => {
  const api = make({ endpoints: three })
  const held = [api.pick(), api.pick(), api.pick()].map((permit) => permit?.endpoint.id)

  expect(held.sort()).toEqual(['a', 'b', 'c'])
})

it('a single endpoint is chosen by each strategy', () => {
  const endpoints = [{ id: 'only' }]
  const names = ['p2c', 'least-loaded', 'round-robin', 'weighted'] as const

  expect(names.flatMap((strategy) => picks(make({ endpoints, strategy }), 2))).toEqual(
    new Array<string>(8).fill('only'),
  )
})

/** Chance that gives these numbers, and then the first of them again. */
function dice(...values: readonly number[]): { next: () => number } {
  let index = 0
  return { next: () => values[index++ % values.length] ?? 0 }
}

it('p2c draws the first of two from all and the second from the others, each by weight', () => {
  const second = (value: number): string | undefined => {
    const api = make({ endpoints: heavy, strategy: 'p2c', load: 'in-flight', random: dice(0, value) })
    for (let i = 0; i < 20; i++) api.pick([{ id: 'b' }, { id: 'c' }])
    return api.pick()?.endpoint.id
  }

  expect([0, 0.49, 0.5, 0.99].map(second)).toEqual(['b', 'b', 'c', 'c'])
})

it('p2c takes the one that it drew first of two with the same load', () => {
  const first = (value: number): string[] =>
    picks(
      make({ endpoints: three.slice(0, 2), strategy: 'p2c', load: 'in-flight', random: dice(value, 0) }),
      1,
    )

  expect([0, 0.49, 0.5, 0.99].flatMap(first)).toEqual(['a', 'a', 'b', 'b'])
})

it('p2c takes one of the pool when chance is as high as it can be', () => {
  const api = make({ endpoints: three, strategy: 'p2c', load: 'in-flight', random: dice(1) })

  expect(picks(api, 1)).toEqual(['c'])
})

it('least-loaded takes the second of two equals from a chance of one half on', () => {
  const chosen = (value: number): string[] =>
    picks(make({ endpoints: three.slice(0, 2), strategy: 'least-loaded', random: dice(value) }), 1)

  expect([0, 0.499, 0.5, 0.999].flatMap(chosen)).toEqual(['b', 'b', 'a', 'a'])
})

it.each(Object.entries(strategies))('%s says so when there is nothing to choose from', (_name, choose) => {
  const choice = { pool: [], now: 0, pick: 1, random: dice(0), load: () => 0 }

  expect(() => choose(choice)).toThrow(new RangeError('Cannot choose endpoint 0 of 0'))
})
