import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { Balancer } from './balancer-api.ts'
import type { BalancerOptions } from './balancer-options.ts'
import { balancer } from './balancer.ts'
import type { EndpointFields } from './endpoint.ts'

/** Chance that gives what it was told to, again and again. Round robin itself leaves nothing to chance. */
class Dice {
  value = 0

  next(): number {
    return this.value
  }
}

function make(
  endpoints: readonly EndpointFields[],
  options: Partial<BalancerOptions<EndpointFields>> = {},
): { api: Balancer<EndpointFields>; dice: Dice; clock: FakeClock; pickAt: (value: number) => string } {
  const clock = new FakeClock()
  const dice = new Dice()
  const api = balancer({
    endpoints,
    clock,
    random: dice,
    strategy: 'round-robin',
    slowStart: false,
    ...options,
  })
  const pickAt = (value: number): string => {
    dice.value = value
    const permit = api.pick()
    permit?.ignore()
    return permit?.endpoint.id ?? 'none'
  }
  return { api, dice, clock, pickAt }
}

const level = (priority: number, ...ids: readonly string[]): EndpointFields[] =>
  ids.map((id) => ({ id, priority }))

describe('the choice of a level', () => {
  it('follows the shares to the edge: 70 % for the first, the rest for the second', () => {
    const { api, pickAt } = make([...level(0, 'a', 'b'), ...level(1, 'c')])
    api.markUnhealthy('b')

    expect([0, 0.699, 0.7, 0.999].map(pickAt)).toEqual(['a', 'a', 'c', 'c'])
  })

  it('leaves out levels without a share, whatever chance says', () => {
    const { api, pickAt } = make([...level(0, 'a', 'b'), ...level(1, 'c'), ...level(2, 'd')])
    api.markUnhealthy('b')
    api.markUnhealthy('c')

    expect([0, 0.699, 0.701, 0.999].map(pickAt)).toEqual(['a', 'a', 'd', 'd'])
  })

  it('goes by priority, not by the order in which endpoints were given', () => {
    const { api, pickAt } = make([...level(7, 'c'), ...level(3, 'a'), ...level(5, 'b')])
    const healthy = pickAt(0.5)
    api.markUnhealthy('a')

    expect([healthy, pickAt(0.5)]).toEqual(['a', 'b'])
    expect(api.explain().priorities.map(({ priority }) => priority)).toEqual([3, 5, 7])
  })

  it('falls to the last level with a share when chance is as high as it can be', () => {
    const { api, pickAt } = make([...level(0, 'a', 'b'), ...level(1, 'c'), ...level(2, 'd')])
    api.markUnhealthy('b')
    api.markUnhealthy('d')

    expect(pickAt(1)).toBe('c')
  })
})

describe('the choice of a zone', () => {
  const zoned = (zone: string, ...ids: readonly string[]): EndpointFields[] => ids.map((id) => ({ id, zone }))

  it('follows the share of the own zone to the edge', () => {
    const { api, pickAt } = make([...zoned('x', 'a', 'b'), ...zoned('y', 'c', 'd', 'e', 'f')], { zone: 'x' })
    api.markUnhealthy('b')

    expect(api.explain().priorities[0]).toMatchObject({ share: 1, localShare: 0.7 })
    expect([0, 0.699].map(pickAt)).toEqual(['a', 'a'])
    expect([0.7, 0.999].map(pickAt)).toEqual(['c', 'd'])
  })

  it('stays in the own zone when no other is healthy, however ill its own endpoints are', () => {
    const { api, pickAt } = make([...zoned('x', 'a', 'b', 'c'), ...zoned('y', 'd')], { zone: 'x' })
    api.markUnhealthy('b')
    api.markUnhealthy('d')

    expect(api.explain().priorities[0]).toMatchObject({ localShare: 1, isPanicking: false })
    expect([0.1, 0.999].map(pickAt)).toEqual(['a', 'c'])
  })

  it('is given up in a panic: all endpoints of the level are used', () => {
    const { api, pickAt } = make([...zoned('x', 'a'), ...zoned('y', 'b', 'c')], { zone: 'x' })
    api.markUnhealthy('b')
    api.markUnhealthy('c')

    expect(api.explain().priorities[0]).toMatchObject({ localShare: 1, isPanicking: true })
    expect([0.1, 0.1, 0.1].map(pickAt)).toEqual(['a', 'b', 'c'])
  })

  it('counts an endpoint in its slow start as the share that it gets', async () => {
    const { api, clock } = make([...zoned('x', 'a'), ...zoned('y', 'b')], {
      zone: 'x',
      slowStart: { windowMs: 1_000 },
    })
    api.markUnhealthy('a')
    api.markHealthy('a')
    await clock.advance(500)

    expect(api.explain().priorities[0]?.localShare).toBeCloseTo(0.7)
  })
})

describe('zones that do not count', () => {
  const mixed = [{ id: 'a' }, { id: 'b', zone: 'y' }]

  it('without one of the caller, endpoints with and without a zone are used alike', () => {
    const { api, pickAt } = make(mixed)

    expect(api.explain().priorities[0]?.localShare).toBe(1)
    expect([0.1, 0.1].map(pickAt)).toEqual(['a', 'b'])
  })

  it('in a zone without endpoints, all calls go to the others', () => {
    const { api, pickAt } = make(mixed, { zone: 'elsewhere' })

    expect(api.explain().priorities[0]?.localShare).toBe(0)
    expect([0, 0].map(pickAt)).toEqual(['a', 'b'])
  })
})

describe('slow start', () => {
  it('lets an endpoint take part as often as its share says, to the edge', async () => {
    const { api, clock, pickAt } = make(level(0, 'a'), { slowStart: { windowMs: 1_000 } })
    api.add({ id: 'new' })
    await clock.advance(500)

    expect([0.999, 0.5, 0.499].map(pickAt)).toEqual(['a', 'a', 'new'])
  })

  it('lets all take part when it would leave nobody', () => {
    const { api, pickAt } = make([], { slowStart: { windowMs: 1_000 } })
    api.add({ id: 'a' })
    api.add({ id: 'b' })

    expect([0.9, 0.9, 0.9].map(pickAt)).toEqual(['a', 'b', 'a'])
  })

  it('moves the shares of levels on while it lasts, without a pick between', async () => {
    const { api, clock } = make([...level(0, 'a'), ...level(1, 'b')], { slowStart: { windowMs: 10_000 } })
    api.markUnhealthy('a')
    api.markHealthy('a')
    const shares: (number | undefined)[] = []
    for (const ms of [0, 2_500, 99, 1, 2_400]) {
      await clock.advance(ms)
      shares.push(api.explain().priorities[0]?.share)
    }

    // A plan holds for a hundredth of the window.
    expect(shares).toEqual([
      expect.closeTo(0.14),
      expect.closeTo(0.35),
      expect.closeTo(0.35),
      expect.closeTo(0.364),
      expect.closeTo(0.7),
    ])
  })

  it('of an endpoint that is ill does not keep the shares moving', async () => {
    const { api, clock } = make(level(0, 'a', 'b'), { slowStart: { windowMs: 1_000 } })
    api.add({ id: 'c' })
    api.markUnhealthy('c')
    await clock.advance(1_000)
    api.markHealthy('c')

    expect(api.explain().endpoints[2]).toMatchObject({ rampShare: 0.1 })
  })
})

describe('a further attempt', () => {
  const endpoints = [
    { id: 'here', zone: 'x' },
    { id: 'here too', zone: 'x' },
    { id: 'there', zone: 'y' },
    { id: 'backup', zone: 'x', priority: 1 },
  ]
  const tried = (count: number): EndpointFields[] => endpoints.slice(0, count)

  it('goes to the own zone, then to the others of the level, then to the next level', () => {
    const { api } = make(endpoints, { zone: 'x' })

    expect([0, 1, 2, 3].map((count) => api.pick(tried(count))?.endpoint.id)).toEqual(
      endpoints.map(({ id }) => id),
    )
  })

  it('stays in the zone that was drawn for it while that has one left', () => {
    const { api, dice } = make(endpoints, { zone: 'x' })
    api.markUnhealthy('here')
    dice.value = 0.9

    expect(api.pick(tried(1))?.endpoint.id).toBe('there')
    expect(api.pick([{ id: 'there' }])?.endpoint.id).toBe('here too')
  })

  it('that has tried all goes to the best but the last one', () => {
    const { api } = make(endpoints, { zone: 'x' })

    expect(api.pick(endpoints)?.endpoint.id).toBe('here')
    expect(api.pick([...endpoints].reverse())?.endpoint.id).toBe('here too')
  })

  it('in a panic that has tried all goes to any but the last one', () => {
    const { api } = make(tried(2))
    api.markUnhealthy('here')
    api.markUnhealthy('here too')

    expect(api.pick(tried(2))?.endpoint.id).toBe('here')
    expect(api.pick(tried(2).reverse())?.endpoint.id).toBe('here too')
  })

  it('goes to the only endpoint there is, again and again', () => {
    const { api } = make(tried(1))

    expect(api.pick(tried(1))?.endpoint.id).toBe('here')
  })
})
