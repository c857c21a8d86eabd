import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { BalancerEvent } from './balancer-events.ts'
import { balancer } from './balancer.ts'

const clock = new FakeClock()

it('add() brings an endpoint into use', () => {
  const api = balancer({ endpoints: ['a'], clock })
  api.add('b')

  expect(api.endpoints).toEqual(['a', 'b'])
  expect(api.pick(['a'])?.endpoint).toBe('b')
})

it('add() of a known id updates it and keeps what was learned', () => {
  const api = balancer({ endpoints: [{ id: 'a', weight: 1 }], clock })
  api.pick()?.fail(new Error('boom'))
  const again = { id: 'a', weight: 3, priority: 2, zone: 'z' }
  api.add(again)

  expect(api.endpoints[0]).toBe(again)
  expect(api.explain().endpoints).toMatchObject([
    { weight: 3, priority: 2, zone: 'z', failuresInARow: 1, picks: 1 },
  ])
})

it('add() refuses one more than maxEndpoints', () => {
  const api = balancer({ endpoints: ['a', 'b'], maxEndpoints: 2, clock })

  expect(() => api.add('c')).toThrow("Cannot add endpoint 'c' as there are 2 already: 'maxEndpoints'")
})

it('remove() ends its use at once; a call under way ends by itself and changes nothing', () => {
  const events: BalancerEvent[] = []
  const api = balancer({ endpoints: ['a', 'b'], clock, onEvent: (event) => events.push(event) })
  const permit = api.pick(['b'])

  expect([api.remove('a'), api.remove('a')]).toEqual([true, false])
  permit?.fail(new Error('late'))
  expect(api.endpoints).toEqual(['b'])
  expect(api.stats().gauges).toMatchObject({ endpoints: 1, inFlight: 0 })
  expect(events.at(-1)).toEqual({
    type: 'EndpointRemoved',
    policy: 'balancer',
    endpoint: 'a',
    wasDrained: false,
  })
})

it('drain() gives no further calls and resolves when the last has ended', async () => {
  const events: BalancerEvent[] = []
  const api = balancer({ endpoints: ['a', 'b'], clock })
  api.on((event) => events.push(event))
  const held = [api.pick(['b']), api.pick(['b'])]
  let isDrained = false
  const drained = api.drain('a').then(() => (isDrained = true))
  held[0]?.succeed()
  await Promise.resolve()

  expect([isDrained, api.pick(['b'])?.endpoint]).toEqual([false, 'b'])
  expect(api.explain().endpoints[0]).toMatchObject({
    status: 'draining',
    reason: 'drains: 1 calls are under way',
  })
  held[1]?.succeed()
  await drained
  expect(api.endpoints).toEqual(['b'])
  expect(events).toMatchObject([{ type: 'EndpointRemoved', endpoint: 'a', wasDrained: true }])
})

it('drain() of an idle or unknown endpoint resolves at once', async () => {
  const api = balancer({ endpoints: ['a', 'b'], clock })
  await Promise.all([api.drain('a'), api.drain('nobody')])

  expect(api.endpoints).toEqual(['b'])
})

it('drain() ends when the endpoint is added again', async () => {
  const api = balancer({ endpoints: ['a'], clock })
  const permit = api.pick()
  const drained = api.drain('a')
  api.add('a')
  await drained
  permit?.succeed()

  expect(api.endpoints).toEqual(['a'])
  expect(api.pick()?.endpoint).toBe('a')
})

it('a balancer whose endpoints all drain has none to give', () => {
  const api = balancer({ endpoints: ['a'], clock })
  const permit = api.pick()
  void api.drain('a')

  expect(api.pick()).toBeUndefined()
  permit?.ignore()
})

it('markUnhealthy() and markHealthy() of an unknown or unchanged endpoint say nothing', () => {
  const events: BalancerEvent[] = []
  const api = balancer({ endpoints: ['a'], clock })
  api.on((event) => events.push(event))
  api.markHealthy('a')
  api.markHealthy('nobody')
  api.markUnhealthy('nobody')
  api.markUnhealthy('a', 'HTTP 503')
  api.markUnhealthy('a', 'again')

  expect(events).toEqual([
    {
      type: 'EndpointHealthChanged',
      policy: 'balancer',
      endpoint: 'a',
      isHealthy: false,
      reason: 'HTTP 503',
    },
  ])
})
