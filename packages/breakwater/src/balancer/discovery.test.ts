import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { BalancerEvent } from './balancer-events.ts'
import { balancer } from './balancer.ts'

it('discover is asked before the first call, once for all that wait', async () => {
  const clock = new FakeClock()
  let questions = 0
  const discover = async (): Promise<string[]> => {
    questions++
    await clock.sleep(10)
    return ['a', 'b']
  }
  const api = balancer({ discover, clock })
  const calls = Promise.all([api.run((name) => name), api.run((name) => name)])
  await clock.advance(10)

  expect((await calls).every((name) => ['a', 'b'].includes(name))).toBe(true)
  expect(questions).toBe(1)
  clock.expectIdle()
})

it('discover is asked again by the first call after its time, without that call waiting', async () => {
  const clock = new FakeClock()
  const answers = [['a'], ['b']]
  const api = balancer({ discover: () => answers.shift() ?? [], discoverEveryMs: 1_000, clock })
  await api.ready()
  await clock.advance(999)
  api.pick()?.succeed()
  await clock.settle()
  expect(answers).toHaveLength(1)
  await clock.advance(1)

  expect(await api.run((name) => name)).toBe('a')
  await clock.settle()
  expect(api.endpoints).toEqual(['b'])
  clock.expectIdle()
})

it('discover drains what is missing from an answer', async () => {
  const clock = new FakeClock()
  const answers = [['a', 'b'], ['b']]
  const api = balancer({ discover: () => answers.shift() ?? [], clock })
  await api.ready()
  const permit = api.pick(['b'])
  await api.refresh()
  const during = api.explain().endpoints.map(({ id, status }) => `${id} ${status}`)
  permit?.succeed()

  expect(during).toEqual(['a draining', 'b healthy'])
  expect(api.endpoints).toEqual(['b'])
})

it('discover that fails, or names none, keeps the endpoints that were known, and says so', async () => {
  const clock = new FakeClock()
  const events: BalancerEvent[] = []
  const boom = new Error('dns')
  const answers: (() => string[])[] = [
    () => [],
    () => {
      throw boom
    },
  ]
  const api = balancer({ endpoints: ['a'], discover: () => answers.shift()?.() ?? [], clock })
  api.on((event) => events.push(event))
  await api.refresh()
  await api.refresh()

  expect(api.endpoints).toEqual(['a'])
  expect(events).toMatchObject([
    { type: 'DiscoveryFailed', error: { code: 'DISCOVERY_EMPTY' } },
    { type: 'DiscoveryFailed', error: boom },
  ])
  expect(api.stats().counters).toMatchObject({ discoveries: 0, discoveryFailures: 2 })
})

it('discover that fails at first fails calls with its error as the cause, and is not asked by each of them', async () => {
  const clock = new FakeClock()
  const boom = new Error('dns')
  let questions = 0
  const api = balancer<{ id: string }>({
    discover: () => {
      questions++
      throw boom
    },
    clock,
  })
  const outcomes = await Promise.allSettled([api.run(({ id }) => id), api.run(({ id }) => id)])
  await api.run(({ id }) => id).catch(() => undefined)
  expect(questions).toBe(1)
  await clock.advance(1_000)
  await api.run(({ id }) => id).catch(() => undefined)

  expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { code: 'NO_ENDPOINT', cause: boom } })
  expect(questions).toBe(2)
})

it('discover that hangs is given up after its time, and its signal aborts', async () => {
  const clock = new FakeClock()
  let signal: AbortSignal | undefined
  const api = balancer<{ id: string }>({
    discover: (context) => {
      signal = context.signal
      return new Promise(() => undefined)
    },
    discoverTimeoutMs: 500,
    clock,
  })
  const call = api.run(({ id }) => id).catch((error: unknown) => error)
  await clock.advance(500)

  expect(await call).toMatchObject({ code: 'NO_ENDPOINT', cause: { code: 'DISCOVERY_TIMEOUT' } })
  expect(signal?.aborted).toBe(true)
  clock.expectIdle()
})

it('a call that waits for discovery ends when its caller aborts, and the work does not run', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  let runs = 0
  const discover = (): Promise<string[]> => clock.sleep(100).then(() => ['a'])
  const api = balancer({ discover, clock })
  const call = api.run(() => runs++, { signal: controller.signal })
  call.catch(() => undefined)
  controller.abort('enough')

  await expect(call).rejects.toBe('enough')
  await clock.advance(100)
  expect(runs).toBe(0)
})

it('discover that gives too many, or what is none, leaves those out and counts them', async () => {
  const clock = new FakeClock()
  const events: BalancerEvent[] = []
  const discover = (): { id: string }[] => [{ id: 'a' }, { id: '' }, { id: 'b' }, { id: 'c' }]
  const api = balancer({ discover, maxEndpoints: 2, clock, onEvent: (event) => events.push(event) })
  await api.refresh()

  expect(api.endpoints).toEqual([{ id: 'a' }, { id: 'b' }])
  expect(events.at(-1)).toEqual({ type: 'EndpointsDropped', policy: 'balancer', count: 2 })
})

it('discover that fails is asked again after 1 s, then 2 s, and counts what it did', async () => {
  const clock = new FakeClock()
  const askedAt: number[] = []
  const discover = (): string[] => {
    askedAt.push(clock.now())
    return askedAt.length < 4 ? [] : ['a']
  }
  const api = balancer({ discover, clock })
  for (let i = 0; i < 80; i++) {
    await api.ready()
    await clock.advance(100)
  }

  expect(askedAt).toEqual([0, 1_000, 3_000, 7_000])
  expect(api.stats().counters).toMatchObject({ discoveries: 1, discoveryFailures: 3 })
})

it('endpoints of the first answer get their full share at once, those of later ones by slow start', async () => {
  const clock = new FakeClock()
  const answers = [['a'], ['a', 'b']]
  const api = balancer({ discover: () => answers.shift() ?? [], clock })
  await api.refresh()
  await api.refresh()

  expect(api.explain().endpoints.map(({ rampShare }) => rampShare)).toEqual([1, 0.1])
})

it('discover that fails again and again is asked at least every discoverEveryMs', async () => {
  const clock = new FakeClock()
  const askedAt: number[] = []
  const discover = (): string[] => {
    askedAt.push(clock.now())
    return []
  }
  const api = balancer({ discover, discoverEveryMs: 3_000, clock })
  for (let i = 0; i < 100; i++) {
    await api.ready()
    await clock.advance(100)
  }

  expect(askedAt).toEqual([0, 1_000, 3_000, 6_000, 9_000])
})

it('discover that has answered starts its pauses anew, and is no cause any more', async () => {
  const clock = new FakeClock()
  const answers = [[], [], ['a'], []]
  const askedAt: number[] = []
  const discover = (): string[] => {
    askedAt.push(clock.now())
    return answers.shift() ?? ['a']
  }
  const api = balancer({ discover, discoverEveryMs: 5_000, clock })
  await api.refresh()
  await api.refresh()
  await api.refresh()
  api.remove('a')
  const withoutCause = await api.run((name) => name).catch((error: unknown) => error)
  await api.refresh()
  const withCause = await api.run((name) => name).catch((error: unknown) => error)
  await clock.advance(999)
  await api.ready()
  await clock.advance(1)
  await api.ready()

  expect(withoutCause).toMatchObject({ code: 'NO_ENDPOINT' })
  expect(withoutCause).not.toHaveProperty('cause')
  expect(withCause).toMatchObject({
    code: 'NO_ENDPOINT',
    cause: { code: 'DISCOVERY_EMPTY', message: 'Discovery gave no endpoints' },
  })
  expect(askedAt).toEqual([0, 0, 0, 0, 1_000])
})

it('discover that gives no list fails as if it gave none', async () => {
  const events: BalancerEvent[] = []
  const discover = (): string[] => 'a' as never
  const api = balancer({ discover, clock: new FakeClock(), onEvent: (event) => events.push(event) })
  await api.refresh()

  expect(api.endpoints).toEqual([])
  expect(events).toMatchObject([
    { type: 'DiscoveryFailed', policy: 'balancer', error: { code: 'DISCOVERY_EMPTY' } },
  ])
})

it('discover says how long it was waited for, and an answer that comes later changes nothing', async () => {
  const clock = new FakeClock()
  const events: BalancerEvent[] = []
  const discover = (): Promise<string[]> => clock.sleep(800).then(() => ['late'])
  const onEvent = (event: BalancerEvent): void => void events.push(event)
  const api = balancer({ discover, discoverTimeoutMs: 500, clock, onEvent })
  void api.ready()
  await clock.advance(499)
  expect(events).toEqual([])
  await clock.advance(301)

  expect(events).toMatchObject([
    { type: 'DiscoveryFailed', error: { message: 'Discovery took more than 500 ms' } },
  ])
  expect(api.endpoints).toEqual([])
})

it('discover is given 10 s, and asked again after 30 s, when nothing else is said', async () => {
  const clock = new FakeClock()
  let questions = 0
  const discover = (): Promise<string[]> =>
    questions++ === 0 ? Promise.resolve(['a']) : new Promise(() => 0)
  const api = balancer({ discover, clock })
  await api.ready()
  await clock.advance(29_999)
  api.pick()?.succeed()
  expect([questions, clock.pending()]).toEqual([1, []])
  await clock.advance(1)
  api.pick()?.succeed()

  expect([questions, clock.pending()]).toEqual([2, [10_000]])
  await clock.advance(10_000)
})

it('refresh() joins the question under way', async () => {
  const clock = new FakeClock()
  let questions = 0
  const discover = (): Promise<string[]> => {
    questions++
    return clock.sleep(10).then(() => ['a'])
  }
  const api = balancer({ discover, clock })
  const both = Promise.all([api.ready(), api.refresh(), api.refresh()])
  await clock.advance(10)
  await both

  expect(questions).toBe(1)
  await Promise.all([api.refresh(), clock.advance(10)])
  expect(questions).toBe(2)
})

it('refresh() and ready() of a balancer without discover resolve at once', async () => {
  const api = balancer({ endpoints: ['a'] })

  expect(await Promise.all([api.refresh(), api.ready()])).toEqual([undefined, undefined])
})

it('a call without an endpoint waits for a question under way, also when it is not time to ask', async () => {
  const clock = new FakeClock()
  const answers = [[], ['a']]
  const discover = (): Promise<string[]> => clock.sleep(10).then(() => answers.shift() ?? [])
  const api = balancer({ discover, clock })
  const failed = api.ready()
  await clock.advance(10)
  await failed
  void api.refresh()
  const call = api.run((name) => name)
  await clock.advance(10)

  expect(await call).toBe('a')
})
