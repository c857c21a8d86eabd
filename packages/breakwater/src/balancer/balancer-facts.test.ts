import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { Balancer } from './balancer-api.ts'
import { balancer } from './balancer.ts'

const boom = new Error('boom')

function make(clock: FakeClock): Balancer<{ id: string }> {
  const endpoints = [{ id: 'a' }, { id: 'b' }, { id: 'spare', priority: 1 }, { id: 'other', priority: 1 }]
  return balancer({ endpoints, clock, outlierEjection: { jitter: 0 } })
}

it('explain() says why an endpoint is ejected and when it is back', async () => {
  const clock = new FakeClock()
  const api = make(clock)
  for (let i = 0; i < 5; i++) api.pick([{ id: 'b' }])?.fail(boom)
  await clock.advance(17_500)

  expect(api.explain().endpoints[0]).toMatchObject({
    status: 'ejected',
    reason: '5 calls failed in a row; back in 13 s',
    ejectedForMs: 12_500,
    timesEjected: 1,
  })
  expect(api.explain()).toMatchObject({
    ejected: 1,
    maxEjected: 1,
    endpoints: [{}, { ejectedForMs: null }, {}, {}],
  })
})

it('explain() says what a probe said, and how the levels share the calls', () => {
  const api = make(new FakeClock())
  api.markUnhealthy('a', 'HTTP 503')

  expect(api.explain().endpoints[0]).toMatchObject({ status: 'unhealthy', reason: 'HTTP 503' })
  expect(api.explain().priorities.map(({ reason }) => reason)).toEqual([
    '1 of 2 endpoints are healthy: takes 70 % of calls',
    '2 of 2 endpoints are healthy: takes 30 % of calls',
  ])
})

it('explain() knows no latency from a failure, and one from an answer', async () => {
  const clock = new FakeClock()
  const api = balancer({ endpoints: ['a'], clock })
  const failing = api.pick()
  await clock.advance(5)
  failing?.fail(boom)
  const before = api.explain().endpoints[0]?.latencyMs
  const answering = api.pick()
  await clock.advance(8)
  answering?.succeed()

  expect([before, api.explain().endpoints[0]?.latencyMs]).toEqual([0, 8])
})

it('explain() tells of an endpoint what was said of it, and what has happened to it', async () => {
  const clock = new FakeClock()
  const api = balancer({
    endpoints: [
      { id: 'a', weight: 3, zone: 'z' },
      { id: 'b', priority: 2 },
    ],
    clock,
  })
  const permit = api.pick()
  await clock.advance(20)
  permit?.succeed()
  api.pick()

  expect(api.explain().endpoints).toEqual([
    {
      id: 'a',
      status: 'healthy',
      reason: 'healthy',
      priority: 0,
      weight: 3,
      zone: 'z',
      rampShare: 1,
      inFlight: 1,
      picks: 2,
      latencyMs: 20,
      failuresInARow: 0,
      ejectedForMs: null,
      timesEjected: 0,
    },
    expect.objectContaining({ id: 'b', priority: 2, weight: 1, zone: null, picks: 0, latencyMs: 0 }),
  ])
})

it('explain() tells of each level its endpoints, its share and why', () => {
  const api = make(new FakeClock())
  api.markUnhealthy('spare')

  expect(api.explain().priorities).toEqual([
    {
      priority: 0,
      endpoints: 2,
      available: 2,
      share: 1,
      localShare: 1,
      isPanicking: false,
      reason: '2 of 2 endpoints are healthy: takes all calls',
    },
    {
      priority: 1,
      endpoints: 2,
      available: 1,
      share: 0,
      localShare: 1,
      isPanicking: false,
      reason: '1 of 2 endpoints are healthy: takes 0 % of calls',
    },
  ])
})

it('explain() says that a panicking level uses all of its endpoints for its share of the calls', () => {
  const api = make(new FakeClock())
  for (const { id } of api.endpoints) api.markUnhealthy(id)

  expect(api.explain().priorities.map(({ reason }) => reason)).toEqual([
    '0 of 2 endpoints are healthy: uses all, takes 50 % of calls',
    '0 of 2 endpoints are healthy: uses all, takes 50 % of calls',
  ])
})

it('explain() gives the reason that matters most: draining, then ejected, then what a probe said', () => {
  const api = make(new FakeClock())
  const permit = api.pick([{ id: 'b' }])
  for (let i = 0; i < 5; i++) api.pick([{ id: 'b' }])?.fail(boom)
  api.markUnhealthy('a')
  const ejected = api.explain().endpoints[0]
  api.markHealthy('a')
  api.markUnhealthy('a')
  const probed = api.explain().endpoints[0]
  void api.drain('a')
  const draining = api.explain().endpoints[0]
  permit?.ignore()

  expect([probed, ejected, draining]).toMatchObject([
    { status: 'unhealthy', reason: 'a health probe failed' },
    { status: 'ejected', reason: '5 calls failed in a row; back in 30 s' },
    { status: 'draining', reason: 'drains: 1 calls are under way' },
  ])
})

it('explain() shows an endpoint in its slow start with its share', async () => {
  const clock = new FakeClock()
  const api = make(clock)
  api.add({ id: 'new' })
  const atFirst = api.explain().endpoints.at(-1)
  await clock.advance(29_999)
  const atLast = api.explain().endpoints.at(-1)
  await clock.advance(1)

  expect(atFirst).toMatchObject({ rampShare: 0.1, reason: 'slow start: takes part in 10 % of choices' })
  expect(atLast).toMatchObject({ reason: 'slow start: takes part in 100 % of choices' })
  expect(api.explain().endpoints.at(-1)).toMatchObject({ rampShare: 1, reason: 'healthy' })
})

it('explain() notices that an ejection is over', async () => {
  const clock = new FakeClock()
  const api = make(clock)
  for (let i = 0; i < 5; i++) api.pick([{ id: 'b' }])?.fail(boom)
  await clock.advance(30_000)

  expect(api.explain()).toMatchObject({ ejected: 0, endpoints: [{ status: 'healthy' }, {}, {}, {}] })
})
