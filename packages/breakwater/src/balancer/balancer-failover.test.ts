import { describe, expect, it } from 'vitest'
import { seededRandom } from '../random/seeded-random.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { Balancer } from './balancer-api.ts'
import type { BalancerEvent } from './balancer-events.ts'
import type { BalancerOptions } from './balancer-options.ts'
import { balancer } from './balancer.ts'
import type { EndpointFields } from './endpoint.ts'

function make(
  endpoints: readonly EndpointFields[],
  options: Partial<BalancerOptions<EndpointFields>> = {},
): { api: Balancer<EndpointFields>; events: BalancerEvent[]; clock: FakeClock } {
  const clock = new FakeClock()
  const events: BalancerEvent[] = []
  const random = seededRandom(11)
  const api = balancer({ endpoints, slowStart: false, clock, random, ...options })
  api.on((event) => events.push(event))
  return { api, events, clock }
}

/** Which share of 2 000 picks went to endpoints whose id begins so. */
function share(api: Balancer<EndpointFields>, beginning: string): number {
  let count = 0
  for (let i = 0; i < 2_000; i++) {
    const permit = api.pick()
    if (permit?.endpoint.id.startsWith(beginning) === true) count++
    permit?.succeed()
  }
  return count / 2_000
}

function level(name: string, count: number, fields: Partial<EndpointFields> = {}): EndpointFields[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${name}${index}`, ...fields }))
}

const twoLevels = [...level('main', 4), ...level('spare', 4, { priority: 1 })]

describe('priorities', () => {
  it('use only the first level while it is healthy enough: three of four is', () => {
    const { api, events } = make(twoLevels)
    api.markUnhealthy('main0')

    expect(share(api, 'main')).toBe(1)
    expect(events.map(({ type }) => type)).toEqual(['EndpointHealthChanged'])
  })

  it('spill what the first level cannot take: half healthy takes 70 %', () => {
    const { api, events } = make(twoLevels)
    api.markUnhealthy('main0')
    api.markUnhealthy('main1')

    expect(share(api, 'main')).toBeCloseTo(0.7, 1)
    expect(events.at(-1)).toMatchObject({ type: 'FailoverStarted', shares: [0.7, expect.closeTo(0.3)] })
  })

  it('fail over whole when the first level is gone, and fail back when it is healthy again', () => {
    const { api, events } = make(twoLevels)
    for (const { id } of level('main', 4)) api.markUnhealthy(id)
    const during = share(api, 'main')
    for (const { id } of level('main', 4)) api.markHealthy(id)
    const after = share(api, 'main')

    expect([during, after]).toEqual([0, 1])
    expect(events.map(({ type }) => type).filter((type) => type.startsWith('Failover'))).toEqual([
      'FailoverStarted',
      'FailoverEnded',
    ])
  })

  it('fail back by degrees: a primary in its slow start takes calls as its share grows', async () => {
    const { api, clock } = make([{ id: 'main' }, { id: 'spare', priority: 1 }], {
      slowStart: { windowMs: 10_000 },
    })
    api.markUnhealthy('main')
    expect(share(api, 'main')).toBe(0)
    api.markHealthy('main')
    const shares = [share(api, 'main')]
    for (let i = 0; i < 3; i++) {
      await clock.advance(2_500)
      shares.push(share(api, 'main'))
    }

    // 1.4 × 10 %, 25 %, 50 %, 75 % of its capacity.
    expect(shares[0]).toBeCloseTo(0.14, 1)
    expect(shares[1]).toBeCloseTo(0.35, 1)
    expect(shares[2]).toBeCloseTo(0.7, 1)
    expect(shares[3]).toBe(1)
  })

  it('an ejected primary fails over to the backup, and its time over fails back', async () => {
    const { api, clock } = make([{ id: 'main' }, { id: 'spare', priority: 1 }], {
      outlierEjection: { jitter: 0 },
    })
    for (let i = 0; i < 5; i++) api.pick()?.fail(new Error('down'))
    const during = share(api, 'spare')
    await clock.advance(30_000)

    expect([during, share(api, 'main')]).toEqual([1, 1])
  })

  it('panic below half healthy when no level can take over: all of the level are used, and say so', () => {
    const { api, events } = make(level('main', 4))
    for (const id of ['main0', 'main1', 'main2']) api.markUnhealthy(id)

    expect(share(api, 'main0')).toBeGreaterThan(0.2)
    expect(api.explain().priorities).toMatchObject([
      { isPanicking: true, reason: '1 of 4 endpoints are healthy: uses all, takes all calls' },
    ])
    api.markHealthy('main0')
    expect(share(api, 'main1')).toBe(0)
    expect(events.map(({ type }) => type).filter((type) => type.startsWith('Panic'))).toEqual([
      'PanicStarted',
      'PanicEnded',
    ])
    expect(api.stats().counters['panicPicks']).toBe(2_000)
  })

  it('with one endpoint never leave a call without one, however ill it is', () => {
    const { api } = make([{ id: 'main' }])
    for (let i = 0; i < 20; i++) api.pick()?.fail(new Error('down'))
    api.markUnhealthy('main')

    expect(share(api, 'main')).toBe(1)
  })
})

describe('zones', () => {
  const zoned = [...level('here', 4, { zone: 'a' }), ...level('there', 4, { zone: 'b' })]

  it('keep calls in the caller’s zone while it is healthy enough', () => {
    const { api } = make(zoned, { zone: 'a' })
    api.markUnhealthy('here0')

    expect(share(api, 'here')).toBe(1)
  })

  it('spill into the others what the zone cannot take, and everything when it is gone', () => {
    const { api } = make(zoned, { zone: 'a' })
    api.markUnhealthy('here0')
    api.markUnhealthy('here1')
    const half = share(api, 'here')
    api.markUnhealthy('here2')
    api.markUnhealthy('here3')

    expect(half).toBeCloseTo(0.7, 1)
    expect(share(api, 'here')).toBe(0)
    expect(api.explain().priorities[0]).toMatchObject({ localShare: 0, available: 4 })
  })

  it('spill by the health of the own zone, however many endpoints the others have', () => {
    const { api } = make([...level('here', 4, { zone: 'a' }), ...level('there', 2, { zone: 'b' })], {
      zone: 'a',
    })
    api.markUnhealthy('here0')
    api.markUnhealthy('here1')

    expect(api.explain().priorities[0]?.localShare).toBeCloseTo(0.7)
  })

  it('do not count without a zone of the caller, nor when the caller’s has no endpoint', () => {
    const without = make(zoned).api
    const elsewhere = make(zoned, { zone: 'c' }).api

    expect(share(without, 'here')).toBeCloseTo(0.5, 1)
    expect(share(elsewhere, 'here')).toBeCloseTo(0.5, 1)
  })

  it('a call that failed in its zone tries another endpoint of the zone first, then the other zone', () => {
    const { api } = make([...level('here', 2, { zone: 'a' }), ...level('there', 1, { zone: 'b' })], {
      zone: 'a',
    })
    const [first, second] = level('here', 2)

    expect(api.pick(first === undefined ? [] : [first])?.endpoint.id).toBe(second?.id)
    expect(api.pick(level('here', 2))?.endpoint.id).toBe('there0')
  })
})
