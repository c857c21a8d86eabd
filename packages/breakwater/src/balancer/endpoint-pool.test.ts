import { expect, it } from 'vitest'
import { ResilienceError } from '../faults/resilience-error.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { Balancer } from './balancer-api.ts'
import type { BalancerEvent } from './balancer-events.ts'
import type { BalancerOptions } from './balancer-options.ts'
import { balancer } from './balancer.ts'

const boom = new Error('boom')

function make(options: Partial<BalancerOptions<string>> = {}): {
  api: Balancer<string>
  events: BalancerEvent[]
  clock: FakeClock
} {
  const clock = new FakeClock()
  const events: BalancerEvent[] = []
  const onEvent = (event: BalancerEvent): void => void events.push(event)
  const random = seededRandom(4)
  const api = balancer({ endpoints: ['a', 'b'], name: 'users', clock, random, onEvent, ...options })
  return { api, events, clock }
}

function fail(api: Balancer<string>, endpoint: string, times: number): void {
  for (let i = 0; i < times; i++) api.pick(api.endpoints.filter((other) => other !== endpoint))?.fail(boom)
}

it('onEvent hears of the endpoints at the start as well, in their order', () => {
  const { api, events } = make()

  expect(api).toMatchObject({ kind: 'balancer', name: 'users', endpoints: ['a', 'b'] })
  expect(events).toEqual([
    { type: 'EndpointAdded', policy: 'users', endpoint: 'a' },
    { type: 'EndpointAdded', policy: 'users', endpoint: 'b' },
  ])
})

it('on() gives what ends it', () => {
  const { api } = make()
  const heard: string[] = []
  const stop = api.on(({ type }) => heard.push(type))
  api.add('c')
  stop()
  api.add('d')

  expect(heard).toEqual(['EndpointAdded'])
})

it('stats() counts nothing at first', () => {
  expect(make().api.stats()).toEqual({
    counters: {
      picks: 0,
      ejections: 0,
      ejectionsRefused: 0,
      restored: 0,
      panicPicks: 0,
      noEndpoint: 0,
      discoveries: 0,
      discoveryFailures: 0,
      dropped: 0,
    },
    gauges: { endpoints: 2, available: 2, ejected: 0, inFlight: 0 },
  })
})

it('stats() counts picks, ejections, restorations and panics', async () => {
  const { api, clock } = make({ outlierEjection: { jitter: 0 } })
  fail(api, 'a', 5)
  fail(api, 'b', 5)
  const ejected = api.stats()
  await clock.advance(30_000)
  api.markUnhealthy('b')
  api.markUnhealthy('a')
  api.pick()

  expect(ejected).toMatchObject({
    counters: { picks: 10, ejections: 1, ejectionsRefused: 1, restored: 0 },
    gauges: { endpoints: 2, available: 1, ejected: 1, inFlight: 0 },
  })
  expect(api.stats()).toMatchObject({
    counters: { picks: 11, ejections: 1, restored: 1, panicPicks: 1 },
    gauges: { available: 0, ejected: 0, inFlight: 1 },
  })
})

it('stats() counts what discovery left out, each time', async () => {
  const { api, events } = make({ discover: () => ['a', '', ''] })
  await api.refresh()
  await api.refresh()

  expect(api.stats().counters).toMatchObject({ discoveries: 2, dropped: 4, discoveryFailures: 0 })
  expect(events.filter(({ type }) => type === 'EndpointsDropped')).toEqual([
    { type: 'EndpointsDropped', policy: 'users', count: 2 },
    { type: 'EndpointsDropped', policy: 'users', count: 2 },
  ])
})

it('a discovery that leaves nothing out says nothing of it', async () => {
  const { api, events } = make({ discover: () => ['a', 'c'] })
  await api.refresh()

  expect(events.slice(2)).toEqual([
    { type: 'EndpointAdded', policy: 'users', endpoint: 'c' },
    { type: 'EndpointRemoved', policy: 'users', endpoint: 'b', wasDrained: true },
  ])
})

it('stats() counts calls that found no endpoint, by hand or not', async () => {
  const { api } = make({ endpoints: [] })
  api.pick()
  await api.run((name) => name).catch(() => undefined)

  expect(api.stats().counters).toMatchObject({ noEndpoint: 2, picks: 0 })
})

it('an ejection and its end are said in full', async () => {
  const { api, events, clock } = make({ outlierEjection: { jitter: 0 } })
  fail(api, 'a', 5)
  await clock.advance(30_000)
  api.explain()

  expect(events.slice(2)).toEqual([
    {
      type: 'EndpointEjected',
      policy: 'users',
      endpoint: 'a',
      reason: '5 calls failed in a row',
      forMs: 30_000,
      times: 1,
    },
    { type: 'EndpointRestored', policy: 'users', endpoint: 'a', because: 'time' },
  ])
})

it('an endpoint that was removed is not ejected for what its calls say afterwards', () => {
  const { api, events } = make()
  const held = Array.from({ length: 5 }, () => api.pick(['b']))
  api.remove('a')
  api.add('a')
  for (const permit of held) permit?.fail(boom)

  expect(events.map(({ type }) => type)).not.toContain('EndpointEjected')
  expect(api.explain().endpoints.at(-1)).toMatchObject({ id: 'a', failuresInARow: 0, inFlight: 0 })
})

it('a success that began before an ejection does not count after it', async () => {
  const { api, clock } = make({ outlierEjection: { jitter: 0, baseEjectionMs: 5_000 } })
  const old = api.pick(['b'])
  fail(api, 'a', 5)
  await clock.advance(5_000)
  fail(api, 'a', 3)
  old?.succeed()

  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 3 })
})

it('markHealthy() ends an ejection and what a probe said, each with its event', () => {
  const { api, events } = make()
  fail(api, 'a', 5)
  api.markUnhealthy('a')
  api.markHealthy('a')

  expect(events.slice(-3)).toEqual([
    {
      type: 'EndpointHealthChanged',
      policy: 'users',
      endpoint: 'a',
      isHealthy: false,
      reason: 'a health probe failed',
    },
    { type: 'EndpointRestored', policy: 'users', endpoint: 'a', because: 'probe' },
    {
      type: 'EndpointHealthChanged',
      policy: 'users',
      endpoint: 'a',
      isHealthy: true,
      reason: 'a health probe passed',
    },
  ])
})

it('markHealthy() of an endpoint that is only ejected changes nothing else', () => {
  const { api, events } = make()
  fail(api, 'a', 5)
  api.markHealthy('a')

  expect(events.at(-1)?.type).toBe('EndpointRestored')
})

it('an endpoint whose probe passes again comes back by its slow start; one whose probe fails has none', async () => {
  const { api, clock } = make()
  api.markUnhealthy('a')
  const before = api.explain().endpoints[0]?.rampShare
  await clock.advance(60_000)
  api.markHealthy('a')
  const after = api.explain().endpoints[0]?.rampShare

  expect([before, after]).toEqual([1, 0.1])
})

it('without slow start nobody has one: neither who is new, nor restored, nor healthy again', async () => {
  const { api, clock } = make({ slowStart: false, outlierEjection: { jitter: 0 } })
  fail(api, 'a', 5)
  await clock.advance(30_000)
  api.markUnhealthy('b')
  api.markHealthy('b')
  api.add('c')

  expect(api.explain().endpoints.map(({ rampShare }) => rampShare)).toEqual([1, 1, 1])
})

it('the first discovery gives all their full share when there was no endpoint before', async () => {
  const { api } = make({ endpoints: [], discover: () => ['x', 'y'] })
  await api.ready()

  expect(api.explain().endpoints.map(({ rampShare }) => rampShare)).toEqual([1, 1])
})

it('a call does not wait for a discovery while there is an endpoint', async () => {
  const { api, clock } = make({ discover: () => clock.sleep(50).then(() => ['a']) })

  expect(['a', 'b']).toContain(await api.run((name) => name))
  await clock.advance(50)
})

it('pick() starts the first discovery', async () => {
  const { api } = make({ endpoints: [], discover: () => ['x'] })

  expect(api.pick()).toBeUndefined()
  await api.ready()
  expect(api.pick()?.endpoint).toBe('x')
})

it('without ejection endpoints come, go and are probed all the same', () => {
  const { api } = make({ outlierEjection: false })
  api.markUnhealthy('a')
  api.markHealthy('a')
  api.pick()?.fail(boom)
  api.pick()?.succeed()

  expect(api.remove('b')).toBe(true)
  expect(api.explain().endpoints).toMatchObject([{ id: 'a', status: 'healthy' }])
  expect(api.stats().counters['ejectionsRefused']).toBe(0)
})

it('a faster answer lowers the latency of an endpoint, by as much as time has passed', async () => {
  const { api, clock } = make({ endpoints: ['a'], decayMs: 1_000 })
  const slow = api.pick()
  await clock.advance(100)
  slow?.succeed()
  await clock.advance(990)
  const fast = api.pick()
  await clock.advance(10)
  fast?.succeed()

  expect(api.explain().endpoints[0]?.latencyMs).toBeCloseTo(10 + 90 * Math.exp(-1))
})

it('pick() leaves out the last known one of those it is told to when all were tried', () => {
  const { api } = make()

  expect(Array.from({ length: 20 }, () => api.pick(['a', 'b', 'gone'])?.endpoint)).toEqual(
    new Array<string>(20).fill('a'),
  )
})

it('a fault of chaos speaks against an endpoint, but not of how slow it is', async () => {
  const { api, clock } = make({ endpoints: ['a'] })
  const permit = api.pick()
  await clock.advance(50)
  permit?.fail(new ResilienceError('a fault', { code: 'CHAOS_FAULT' }))

  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 1, latencyMs: 0 })
})
