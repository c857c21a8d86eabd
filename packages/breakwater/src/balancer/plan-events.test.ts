import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { Balancer } from './balancer-api.ts'
import type { BalancerEvent } from './balancer-events.ts'
import { balancer } from './balancer.ts'
import type { EndpointFields } from './endpoint.ts'

type RouteEvent = Exclude<BalancerEvent, { type: 'EndpointHealthChanged' }>

/** A balancer of two endpoints on each of two levels, and what it says of the way that calls go. */
function make(): { api: Balancer<EndpointFields>; events: RouteEvent[] } {
  const events: RouteEvent[] = []
  const endpoints = ['a', 'b', 'c', 'd'].map((id, index) => ({ id, priority: index < 2 ? 3 : 7 }))
  const api = balancer({ endpoints, name: 'users', slowStart: false, clock: new FakeClock() })
  api.on((event) => {
    if (event.type !== 'EndpointHealthChanged') events.push(event)
  })
  return { api, events }
}

it('a balancer says nothing while the first level takes all calls', () => {
  const { api, events } = make()
  api.explain()
  api.markUnhealthy('c')
  api.explain()

  expect(events).toEqual([])
})

it('FailoverStarted is said once, with the shares of then, and FailoverEnded once', () => {
  const { api, events } = make()
  api.markUnhealthy('a')
  api.explain()
  api.markUnhealthy('b')
  api.explain()
  const during = events.length
  api.markHealthy('a')
  api.markHealthy('b')
  api.explain()
  api.markUnhealthy('d')
  api.explain()

  expect(during).toBe(1)
  expect(events).toEqual([
    { type: 'FailoverStarted', policy: 'users', shares: [0.7, expect.closeTo(0.3)] },
    { type: 'FailoverEnded', policy: 'users' },
  ])
})

it('PanicStarted names the levels that panic and is said once, as is PanicEnded', () => {
  const { api, events } = make()
  for (const id of ['a', 'c', 'd']) api.markUnhealthy(id)
  api.explain()
  api.markUnhealthy('b')
  api.explain()
  const during = events.filter(({ type }) => type.startsWith('Panic'))
  for (const id of ['a', 'b', 'c', 'd']) api.markHealthy(id)
  api.explain()
  api.markUnhealthy('d')
  api.explain()

  expect(during).toEqual([{ type: 'PanicStarted', policy: 'users', priorities: [7] }])
  expect(events.filter(({ type }) => type.startsWith('Panic')).slice(1)).toEqual([
    { type: 'PanicEnded', policy: 'users' },
  ])
})

it('a balancer whose endpoints are all gone has neither failed over nor panics', () => {
  const { api, events } = make()
  for (const id of ['a', 'b', 'c', 'd']) api.remove(id)
  api.explain()

  expect(events.map(({ type }) => type)).toEqual(new Array<string>(4).fill('EndpointRemoved'))
})
