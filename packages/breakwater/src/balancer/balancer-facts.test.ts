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
