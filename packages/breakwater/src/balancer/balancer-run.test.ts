import { getEventListeners } from 'node:events'
import { expect, expectTypeOf, it } from 'vitest'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { hedge } from '../hedge/hedge.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { balancer } from './balancer.ts'

const boom = new Error('boom')
const random = (): { next(): number } => seededRandom(3)

it('run() tells the work its endpoint: the very object that was given', async () => {
  const primary = { id: 'primary', url: 'http://10.0.0.1', pool: new Map<string, number>() }
  const api = balancer({ endpoints: [primary] })

  const [endpoint, attempt] = await api.run((chosen, context) => [chosen, context.attempt] as const)

  expectTypeOf(endpoint).toEqualTypeOf(primary)
  expect([endpoint, attempt]).toEqual([primary, 0])
  expect(endpoint).toBe(primary)
})

it('run() passes what the work gives or throws, and counts it', async () => {
  const api = balancer({ endpoints: ['a'], clock: new FakeClock() })

  expect(await api.run((name) => `from ${name}`)).toBe('from a')
  await expect(api.run(() => Promise.reject(boom))).rejects.toBe(boom)
  await expect(
    api.run(() => {
      throw boom
    }),
  ).rejects.toBe(boom)
  expect(api.explain().endpoints[0]).toMatchObject({ inFlight: 0, failuresInARow: 2, picks: 3 })
})

it('run() with a retry goes to another endpoint each time, until all were tried, and never twice in a row', async () => {
  const clock = new FakeClock()
  const around = pipeline({ policies: [retry({ maxRetries: 5, backoff: fixed({ delayMs: 10 }) })], clock })
  const api = balancer({ endpoints: ['a', 'b', 'c'], clock, random: random(), outlierEjection: false })
  const chosen: string[] = []
  const call = api
    .run(
      (name) => {
        chosen.push(name)
        throw boom
      },
      { pipeline: around },
    )
    .catch((error: unknown) => error)
  await clock.advance(200)

  expect(await call).toBe(boom)
  expect(chosen.slice(0, 3).sort()).toEqual(['a', 'b', 'c'])
  expect(chosen.filter((name, index) => name === chosen[index - 1])).toEqual([])
  expect(chosen).toHaveLength(6)
})

it('run() with a retry goes to the backup when the only primary fails, and to the primary again in the next call', async () => {
  const clock = new FakeClock()
  const around = pipeline({ policies: [retry({ maxRetries: 1, backoff: fixed({ delayMs: 0 }) })], clock })
  const endpoints = [{ id: 'primary' }, { id: 'backup', priority: 1 }]
  const api = balancer({ endpoints, clock })
  let isDown = true
  const ask = (): Promise<string> =>
    api.run(
      ({ id }) => {
        if (id === 'primary' && isDown) throw boom
        return id
      },
      { pipeline: around },
    )

  expect(await ask()).toBe('backup')
  isDown = false
  expect(await ask()).toBe('primary')
})

it('run() with a hedge sends the second attempt to another endpoint, and the loser says it was slow', async () => {
  const clock = new FakeClock()
  const around = pipeline({ policies: [hedge({ delay: 50 })], clock })
  const api = balancer({ endpoints: ['a', 'b'], clock, random: random() })
  const chosen: string[] = []
  const call = api.run(
    async (name, { attempt }) => {
      chosen.push(name)
      await clock.sleep(attempt === 0 ? 1_000 : 10)
      return name
    },
    { pipeline: around },
  )
  await clock.advance(60)
  const winner = await call
  const slow = api.explain().endpoints.find(({ id }) => id !== winner)

  expect([...chosen].sort()).toEqual(['a', 'b'])
  expect(winner).toBe(chosen[1])
  expect(slow).toMatchObject({ latencyMs: 60, failuresInARow: 0, inFlight: 1 })
  await clock.advance(1_000)
  expect(api.stats().gauges['inFlight']).toBe(0)
})

it('run() counts a timeout against the endpoint at once, and its load until the work has ended', async () => {
  const clock = new FakeClock()
  const around = pipeline({ policies: [timeout({ ms: 100 })], clock })
  const api = balancer({ endpoints: ['a'], clock })
  const call = api.run(() => clock.sleep(500), { pipeline: around }).catch((error: unknown) => error)
  await clock.advance(100)

  expect(await call).toMatchObject({ code: 'TIMEOUT' })
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 1, inFlight: 1, latencyMs: 100 })
  await clock.advance(400)
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 1, inFlight: 0 })
  clock.expectIdle()
})

it('run() does not count an abort by the caller, and leaves no listener', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const api = balancer({ endpoints: ['a'], clock })
  const call = api.run((_, { signal }) => clock.sleep(500, signal), { signal: controller.signal })
  call.catch(() => undefined)
  await clock.advance(20)
  controller.abort('enough')

  await expect(call).rejects.toBe('enough')
  await clock.settle()
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 0, inFlight: 0 })
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  clock.expectIdle()
})

it('run() does not count refusals by policies inside the work', async () => {
  const clock = new FakeClock()
  const api = balancer({ endpoints: ['a'], clock })
  const breaker = circuitBreaker({ consecutiveFailures: 1, clock })
  breaker.setOverride('forced-open')

  await expect(api.run(() => breaker.run(() => 1))).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' })
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 0 })
})

it('run() asks isFailure, and counts the error when that throws', async () => {
  const isFailure = (error: unknown): boolean => {
    if (error === boom) throw new Error('rule')
    return false
  }
  const api = balancer({ endpoints: ['a'], isFailure, clock: new FakeClock() })
  await api.run(() => Promise.reject(new Error('not found'))).catch(() => undefined)
  await api.run(() => Promise.reject(boom)).catch(() => undefined)

  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 1 })
})

it('run() fails with NoEndpointError when there is none', async () => {
  const api = balancer({ endpoints: [] as string[], name: 'users' })

  await expect(api.run((name) => name)).rejects.toMatchObject({
    name: 'NoEndpointError',
    code: 'NO_ENDPOINT',
    message: "Balancer 'users' has no endpoint",
  })
  expect(api.stats().counters['noEndpoint']).toBe(1)
})

it('wrap() chooses the endpoint and passes the other arguments', async () => {
  const api = balancer({ endpoints: ['a'] })
  const load = api.wrap((name, id: number, full: boolean) => `${name}/${id}/${full}`)

  expect(await load(7, true)).toBe('a/7/true')
  expectTypeOf(load).toEqualTypeOf<(id: number, full: boolean) => Promise<string>>()
})

it('pick() gives a permit that ends once', () => {
  const api = balancer({ endpoints: ['a'], clock: new FakeClock() })
  const permit = api.pick()
  expect(api.stats().gauges['inFlight']).toBe(1)
  permit?.succeed()
  permit?.fail(boom)
  permit?.ignore()

  expect(api.explain().endpoints[0]).toMatchObject({ inFlight: 0, failuresInARow: 0 })
  expect(balancer({ endpoints: [] as string[] }).pick()).toBeUndefined()
})

it('pick() leaves out what it is told to while another is healthy', () => {
  const api = balancer({ endpoints: ['a', 'b'], clock: new FakeClock() })

  expect(api.pick(['a'])?.endpoint).toBe('b')
  expect(api.pick(['b', 'unknown'])?.endpoint).toBe('a')
  expect(api.pick(['b', 'a'])?.endpoint).toBe('b')
})

it('a listener that throws changes nothing', () => {
  const api = balancer({ endpoints: ['a', 'b'], clock: new FakeClock() })
  api.on(() => {
    throw new Error('listener')
  })
  api.markUnhealthy('a')

  expect(api.explain().endpoints.map(({ status }) => status)).toEqual(['unhealthy', 'healthy'])
})
