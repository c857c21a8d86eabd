import { expect, it } from 'vitest'
import { seededRandom } from '../random/seeded-random.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { Balancer } from './balancer-api.ts'
import type { BalancerEvent } from './balancer-events.ts'
import type { BalancerOptions } from './balancer-options.ts'
import { balancer } from './balancer.ts'

const boom = new Error('boom')

function make(
  clock: FakeClock,
  options: Partial<BalancerOptions<string>> & { readonly count?: number } = {},
): { api: Balancer<string>; events: BalancerEvent[] } {
  const { count = 10, ...rest } = options
  const events: BalancerEvent[] = []
  const api = balancer({
    endpoints: Array.from({ length: count }, (_, index) => `e${index}`),
    strategy: 'round-robin',
    slowStart: false,
    outlierEjection: { jitter: 0 },
    clock,
    random: seededRandom(1),
    ...rest,
  })
  api.on((event) => events.push(event))
  return { api, events }
}

/** Calls this endpoint by leaving out all others; `fails` of these calls fail, first. */
function call(api: Balancer<string>, endpoint: string, times: number, fails = 0): void {
  const others = api.endpoints.filter((other) => other !== endpoint)
  for (let i = 0; i < times; i++) {
    const permit = api.pick(others)
    if (permit?.endpoint !== endpoint) throw new Error(`chose ${permit?.endpoint}`)
    if (i < fails) permit.fail(boom)
    else permit.succeed()
  }
}

function ejected(api: Balancer<string>): string[] {
  return api
    .explain()
    .endpoints.filter(({ status }) => status === 'ejected')
    .map(({ id }) => id)
}

it('ejects at the fifth failure in a row, not at the fourth', () => {
  const { api, events } = make(new FakeClock())
  call(api, 'e3', 4, 4)
  expect(ejected(api)).toEqual([])
  call(api, 'e3', 1, 1)

  expect(ejected(api)).toEqual(['e3'])
  expect(events).toEqual([
    {
      type: 'EndpointEjected',
      policy: 'balancer',
      endpoint: 'e3',
      reason: '5 calls failed in a row',
      forMs: 30_000,
      times: 1,
    },
  ])
})

it('starts the count again at a success', () => {
  const { api } = make(new FakeClock())
  call(api, 'e3', 5, 4)
  call(api, 'e3', 4, 4)

  expect(ejected(api)).toEqual([])
})

it('gives an ejected endpoint no calls until its time is over, and then does', async () => {
  const clock = new FakeClock()
  const { api, events } = make(clock)
  call(api, 'e0', 5, 5)
  await clock.advance(29_999)
  const before = Array.from({ length: 20 }, () => api.pick()?.endpoint)
  await clock.advance(1)
  const after = Array.from({ length: 20 }, () => api.pick()?.endpoint)

  expect(before).not.toContain('e0')
  expect(after).toContain('e0')
  expect(events.at(-1)).toMatchObject({ type: 'EndpointRestored', endpoint: 'e0', because: 'time' })
  clock.expectIdle()
})

it('ejects for longer each time in short order, up to the maximum', async () => {
  const clock = new FakeClock()
  const { api, events } = make(clock, { outlierEjection: { jitter: 0, maxEjectionMs: 70_000 } })
  for (const restMs of [30_000, 60_000, 70_000, 0]) {
    call(api, 'e0', 5, 5)
    await clock.advance(restMs)
  }

  const times = events.flatMap((event) => (event.type === 'EndpointEjected' ? [event.forMs] : []))
  expect(times).toEqual([30_000, 60_000, 70_000, 70_000])
})

it('forgets one ejection with each interval that an endpoint is not ejected', async () => {
  const clock = new FakeClock()
  const { api, events } = make(clock)
  for (const restMs of [30_000, 60_000 + 9_999, 90_000 + 20_000, 0]) {
    call(api, 'e0', 5, 5)
    await clock.advance(restMs)
  }

  const times = events.flatMap((event) => (event.type === 'EndpointEjected' ? [event.times] : []))
  expect(times).toEqual([1, 2, 3, 2])
})

it('adds jitter of up to its share', () => {
  const { api, events } = make(new FakeClock(), {
    outlierEjection: { jitter: 0.5 },
    random: { next: () => 0.9 },
  })
  call(api, 'e0', 5, 5)

  expect(events[0]).toMatchObject({ forMs: expect.closeTo(43_500) })
})

it('never ejects more than the share, but always may eject one', () => {
  const { api } = make(new FakeClock(), { outlierEjection: { jitter: 0, maxEjectedRatio: 0.25 }, count: 11 })
  for (const endpoint of ['e0', 'e1', 'e2', 'e3']) call(api, endpoint, 5, 5)
  const small = make(new FakeClock(), { count: 2 }).api
  for (const endpoint of ['e0', 'e1']) call(small, endpoint, 5, 5)

  expect([ejected(api), ejected(small)]).toEqual([['e0', 'e1'], ['e0']])
  expect(api.stats().counters).toMatchObject({ ejections: 2, ejectionsRefused: 2 })
})

it('asks for an ejection that was refused again after as many failures, and gets it when there is room', async () => {
  const clock = new FakeClock()
  const { api } = make(clock)
  call(api, 'e0', 5, 5)
  call(api, 'e1', 6, 6)
  expect([ejected(api), api.stats().counters['ejectionsRefused']]).toEqual([['e0'], 1])
  await clock.advance(30_000)
  call(api, 'e1', 3, 3)
  expect(ejected(api)).toEqual([])
  call(api, 'e1', 1, 1)

  expect(ejected(api)).toEqual(['e1'])
})

it('ejects by success rate at the end of an interval: below the mean minus 1.9 deviations', async () => {
  const clock = new FakeClock()
  const { api, events } = make(clock, { count: 5 })
  const failures = [1, 1, 2, 1, 50]
  failures.forEach((fails, index) => {
    for (let i = 0; i < 50; i++) call(api, `e${index}`, 2, i < fails ? Math.ceil(fails / 50) : 0)
  })
  await clock.advance(9_999)
  expect(ejected(api)).toEqual([])
  await clock.advance(1)

  expect(ejected(api)).toEqual(['e4'])
  expect(events[0]).toMatchObject({
    reason: '50 % of 100 calls succeeded: below 51.9 %, the mean of 89 % minus 1.9 × 19.5 %',
  })
})

it('does not judge by success rate with four endpoints, nor with 99 calls', async () => {
  const clock = new FakeClock()
  const outlierEjection = { consecutiveFailures: 0, successRate: { stdevFactor: 1 } }
  const four = make(clock, { count: 4, outlierEjection }).api
  const few = make(clock, { count: 5, outlierEjection }).api
  const enough = make(clock, { count: 5, outlierEjection }).api
  for (const api of [four, few, enough]) {
    call(api, 'e0', 100, 50)
    for (const other of ['e1', 'e2', 'e3']) call(api, other, 100)
  }
  call(few, 'e4', 99)
  call(enough, 'e4', 100)
  await clock.advance(10_000)

  expect([ejected(four), ejected(few), ejected(enough)]).toEqual([[], [], ['e0']])
})

it('ejects by failure ratio at the threshold, not below it', async () => {
  const clock = new FakeClock()
  const failureRatio = { minimumEndpoints: 2, minimumCalls: 20, threshold: 0.85 }
  const outlierEjection = { jitter: 0, consecutiveFailures: 0, successRate: false, failureRatio } as const
  const { api, events } = make(clock, { outlierEjection })
  call(api, 'e0', 20, 17)
  call(api, 'e1', 20, 16)
  await clock.advance(10_000)

  expect(ejected(api)).toEqual(['e0'])
  expect(events[0]).toMatchObject({ reason: '85 % of 20 calls failed' })
})

it('ejects the worst first when only one may go', async () => {
  const clock = new FakeClock()
  const failureRatio = { minimumEndpoints: 2, minimumCalls: 10, threshold: 0.5 }
  const { api } = make(clock, { outlierEjection: { jitter: 0, consecutiveFailures: 0, failureRatio } })
  call(api, 'e0', 10, 6)
  call(api, 'e1', 10, 9)
  call(api, 'e2', 10, 7)
  await clock.advance(10_000)

  expect(ejected(api)).toEqual(['e1'])
})

it('counts each interval for itself', async () => {
  const clock = new FakeClock()
  const failureRatio = { minimumEndpoints: 1, minimumCalls: 20, threshold: 0.85 }
  const { api } = make(clock, { outlierEjection: { consecutiveFailures: 0, failureRatio } })
  call(api, 'e0', 19, 19)
  await clock.advance(10_000)
  call(api, 'e0', 19, 19)
  await clock.advance(10_000)

  expect(ejected(api)).toEqual([])
})

it('does not count what a call says that began before the ejection', async () => {
  const clock = new FakeClock()
  const { api } = make(clock)
  const others = api.endpoints.filter((other) => other !== 'e0')
  const old = Array.from({ length: 5 }, () => api.pick(others))
  call(api, 'e0', 5, 5)
  await clock.advance(30_000)
  api.pick()?.ignore()
  for (const permit of old) permit?.fail(boom)

  expect(ejected(api)).toEqual([])
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 0, inFlight: 0 })
})

it('restores at once when a health probe passes', () => {
  const { api, events } = make(new FakeClock())
  call(api, 'e0', 5, 5)
  api.markHealthy('e0')

  expect(ejected(api)).toEqual([])
  expect(events.at(-1)).toMatchObject({ type: 'EndpointRestored', because: 'probe' })
})

it('restores the one that is soonest due when removals leave too many ejected', async () => {
  const clock = new FakeClock()
  const { api, events } = make(clock, { count: 30 })
  call(api, 'e1', 5, 5)
  await clock.advance(1_000)
  call(api, 'e0', 5, 5)
  call(api, 'e2', 5, 5)
  expect(ejected(api)).toEqual(['e0', 'e1', 'e2'])
  api.remove('e19')

  expect(ejected(api)).toEqual(['e0', 'e2'])
  expect(events.slice(-2)).toMatchObject([
    { type: 'EndpointRestored', endpoint: 'e1', because: 'limit' },
    { type: 'EndpointRemoved', endpoint: 'e19' },
  ])
})

it('with outlierEjection false never ejects', () => {
  const { api } = make(new FakeClock(), { outlierEjection: false })
  call(api, 'e0', 50, 50)

  expect([ejected(api), api.explain().maxEjected]).toEqual([[], 0])
})

it('ejects nobody when all are equally bad', async () => {
  const clock = new FakeClock()
  const outlierEjection = { consecutiveFailures: 0, failureRatio: false } as const
  const { api } = make(clock, { count: 5, outlierEjection })
  for (const endpoint of api.endpoints) call(api, endpoint, 100, 50)
  await clock.advance(10_000)

  expect(ejected(api)).toEqual([])
})

it('notices that an ejection is over also when a call ends', async () => {
  const clock = new FakeClock()
  const { api, events } = make(clock)
  const held = api.pick(['e0'])
  call(api, 'e0', 5, 5)
  await clock.advance(30_000)
  held?.succeed()

  expect(events.at(-1)).toMatchObject({ type: 'EndpointRestored', endpoint: 'e0', because: 'time' })
})

it('an ejection that ends within an interval does not end the interval: calls from before still count', async () => {
  const clock = new FakeClock()
  const failureRatio = { minimumEndpoints: 1, minimumCalls: 20, threshold: 0.5 }
  const outlierEjection = { jitter: 0, baseEjectionMs: 3_000, maxEjectedRatio: 0.2, failureRatio } as const
  const { api } = make(clock, { outlierEjection })
  call(api, 'e0', 5, 5)
  for (let i = 0; i < 5; i++) call(api, 'e2', 2, 1)
  await clock.advance(3_000)
  for (let i = 0; i < 5; i++) call(api, 'e2', 2, 1)
  await clock.advance(7_000)

  expect(ejected(api)).toEqual(['e2'])
})

it('ends an ejection that is shorter than an interval when its time is over', async () => {
  const clock = new FakeClock()
  const { api, events } = make(clock, { outlierEjection: { jitter: 0, baseEjectionMs: 3_000 } })
  call(api, 'e0', 5, 5)
  await clock.advance(2_999)
  expect(ejected(api)).toEqual(['e0'])
  await clock.advance(1)

  expect(ejected(api)).toEqual([])
  expect(events.at(-1)).toMatchObject({ type: 'EndpointRestored', because: 'time' })
})

it('does not judge by failure ratio with one endpoint less than it needs, nor with one call less', async () => {
  const clock = new FakeClock()
  const failureRatio = { minimumEndpoints: 2, minimumCalls: 20, threshold: 0.85 }
  const outlierEjection = { consecutiveFailures: 0, successRate: false, failureRatio } as const
  const alone = make(clock, { outlierEjection }).api
  const enough = make(clock, { outlierEjection }).api
  for (const api of [alone, enough]) call(api, 'e0', 20, 20)
  call(alone, 'e1', 19)
  call(enough, 'e1', 20)
  await clock.advance(10_000)

  expect([ejected(alone), ejected(enough)]).toEqual([[], ['e0']])
})

it('does not judge endpoints that are out of use, nor others by them', async () => {
  const clock = new FakeClock()
  const failureRatio = { minimumEndpoints: 2, minimumCalls: 20, threshold: 0.85 }
  const { api } = make(clock, { outlierEjection: { consecutiveFailures: 0, failureRatio } })
  call(api, 'e0', 20, 20)
  call(api, 'e1', 20)
  api.markUnhealthy('e1')
  await clock.advance(10_000)

  expect(ejected(api)).toEqual([])
})

it('gives the reason of the success rate for what stands out by both rules', async () => {
  const clock = new FakeClock()
  const failureRatio = { minimumEndpoints: 5, minimumCalls: 100, threshold: 0.85 }
  const outlierEjection = { jitter: 0, consecutiveFailures: 0, failureRatio } as const
  const { api, events } = make(clock, { count: 6, outlierEjection })
  call(api, 'e0', 100, 100)
  for (const other of ['e1', 'e2', 'e3', 'e4', 'e5']) call(api, other, 100)
  await clock.advance(10_000)
  api.explain()

  expect(events).toMatchObject([
    { endpoint: 'e0', reason: expect.stringMatching(/^0 % of 100 calls succeeded: below/) },
  ])
})

it('does not eject twice: what fails on an ejected or ill endpoint that a panic uses is not asked for again', () => {
  const { api } = make(new FakeClock(), { count: 1 })
  for (let i = 0; i < 20; i++) api.pick()?.fail(boom)
  const ill = make(new FakeClock(), { count: 1 }).api
  ill.markUnhealthy('e0')
  for (let i = 0; i < 20; i++) ill.pick()?.fail(boom)

  expect(api.stats().counters).toMatchObject({ ejections: 1, ejectionsRefused: 0 })
  expect(ill.stats().counters).toMatchObject({ ejections: 0, ejectionsRefused: 0 })
})

it('does not eject what a listener removed when another one was ejected', async () => {
  const clock = new FakeClock()
  const failureRatio = { minimumEndpoints: 2, minimumCalls: 10, threshold: 0.5 }
  const outlierEjection = { jitter: 0, consecutiveFailures: 0, maxEjectedRatio: 0.5, failureRatio }
  const { api, events } = make(clock, { outlierEjection })
  api.on(({ type }) => type === 'EndpointEjected' && api.remove('e1'))
  call(api, 'e0', 10, 10)
  call(api, 'e1', 10, 9)
  await clock.advance(10_000)

  expect(ejected(api)).toEqual(['e0'])
  expect(api.stats().gauges).toMatchObject({ endpoints: 9, ejected: 1 })
  expect(events.map(({ type }) => type)).toEqual(['EndpointEjected', 'EndpointRemoved'])
})
