import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { BalancerEvent } from './balancer-events.ts'
import { balancer } from './balancer.ts'
import type { EndpointFields } from './endpoint.ts'

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

it('remove() ends a drain at once; the calls that end later say nothing more', async () => {
  const events: BalancerEvent[] = []
  const api = balancer({ endpoints: ['a', 'b'], clock })
  const held = [api.pick(['b']), api.pick(['b'])]
  api.on((event) => events.push(event))
  const drained = api.drain('a')
  api.remove('a')
  await drained
  for (const permit of held) permit?.succeed()

  expect(events).toEqual([{ type: 'EndpointRemoved', policy: 'balancer', endpoint: 'a', wasDrained: false }])
  expect(api.stats().gauges).toMatchObject({ endpoints: 1, inFlight: 0 })
})

it('remove() of an ejected endpoint leaves room for another ejection', () => {
  const api = balancer({ endpoints: ['a', 'b', 'c'], clock })
  const fail = (endpoint: string, other: string): void => {
    for (let i = 0; i < 5; i++) api.pick([other, 'c'])?.fail(new Error(endpoint))
  }
  fail('a', 'b')
  api.remove('a')
  fail('b', 'a')

  expect(api.explain()).toMatchObject({ ejected: 1, endpoints: [{ id: 'b', status: 'ejected' }, {}] })
  expect(api.stats().gauges).toMatchObject({ ejected: 1, available: 1 })
})

it('drain() of two waits for both, each for its own calls', async () => {
  const api = balancer({ endpoints: ['a', 'b', 'c'], clock })
  const [first, second] = [api.pick(['b', 'c']), api.pick(['a', 'c'])]
  const over: string[] = []
  void api.drain('a').then(() => over.push('a'))
  void api.drain('a').then(() => over.push('a again'))
  void api.drain('b').then(() => over.push('b'))
  second?.fail(new Error('boom'))
  await clock.settle()
  expect(over).toEqual(['b'])
  first?.ignore()
  await clock.settle()

  expect(over).toEqual(['b', 'a', 'a again'])
  expect(api.endpoints).toEqual(['c'])
})

it('add() of an endpoint that drains is no news; of one that went it is', async () => {
  const events: string[] = []
  const api = balancer({ endpoints: ['a', 'b'], clock })
  api.on((event) => events.push(event.type))
  const permit = api.pick(['b'])
  void api.drain('a')
  api.add('a')
  permit?.succeed()
  await api.drain('a')
  api.add('a')

  expect(events).toEqual(['EndpointRemoved', 'EndpointAdded'])
  expect(api.endpoints).toEqual(['b', 'a'])
})

it('add() of a known id without fields gives it the defaults again', () => {
  const endpoints: EndpointFields[] = [{ id: 'a', weight: 3, priority: 2, zone: 'z' }]
  const api = balancer({ endpoints, clock })
  api.add({ id: 'a' })

  expect(api.explain().endpoints).toMatchObject([{ weight: 1, priority: 0, zone: null }])
})

it('add() of a known id counts from the next call on', () => {
  const endpoints: EndpointFields[] = [{ id: 'a' }, { id: 'b' }]
  const api = balancer({ endpoints, strategy: 'least-loaded', clock })
  api.pick()?.succeed()
  api.add({ id: 'a', priority: 1 })

  expect([api.pick()?.endpoint.id, api.pick()?.endpoint.id]).toEqual(['b', 'b'])
})

it('add() of what is no endpoint changes nothing', () => {
  const api = balancer({ endpoints: ['a'], clock })

  expect(() => api.add('')).toThrow("must be a name or an object with an 'id'")
  expect(api.endpoints).toEqual(['a'])
})

it('add() replaces an endpoint when there are maxEndpoints already', () => {
  const endpoints: EndpointFields[] = [{ id: 'a' }]
  const api = balancer({ endpoints, maxEndpoints: 1, clock })
  api.add({ id: 'a', weight: 2 })

  expect(api.explain().endpoints).toMatchObject([{ id: 'a', weight: 2 }])
})

it('several changes between two calls all count', () => {
  const endpoints: EndpointFields[] = [{ id: 'a' }, { id: 'b' }]
  const api = balancer({ endpoints, clock })
  api.explain()
  api.add({ id: 'a', priority: 1 })
  api.markUnhealthy('b')

  expect(api.explain().priorities.map(({ priority, available }) => [priority, available])).toEqual([
    [0, 0],
    [1, 1],
  ])
})

it('drain() and another change between two calls both count', () => {
  const api = balancer({ endpoints: ['a', 'b', 'c'], clock })
  const held = api.pick(['b', 'c'])
  api.explain()
  void api.drain('a')
  api.markUnhealthy('b')

  expect(api.explain().priorities).toMatchObject([{ endpoints: 2, available: 1 }])
  held?.ignore()
})
