import { getEventListeners } from 'node:events'
import { expect, it } from 'vitest'
import { fallback } from '../fallback/fallback.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { balancer } from './balancer.ts'

const boom = new Error('boom')

it('run() names the operation of a call without a pipeline after the balancer', async () => {
  const api = balancer({ endpoints: ['a'], name: 'users' })

  expect(await api.run((_, { operation, args }) => [operation, args], { args: [1] })).toEqual(['users', [1]])
})

it('wrap() tells the pipeline its arguments, without the endpoint', async () => {
  const api = balancer({ endpoints: ['a'] })
  const around = pipeline({ policies: [fallback(({ args }) => `instead of ${args.join()}`)] })
  const load = api.wrap(
    (_name, id: number, part: string) => Promise.reject<string>(new Error(`no ${part} of ${id}`)),
    { pipeline: around },
  )

  expect(await load(7, 'all')).toBe('instead of 7,all')
})

it('run() gives what a thenable gives, whose errors count as well', async () => {
  const api = balancer({ endpoints: ['a'], clock: new FakeClock() })
  const kept = { then: (resolve: (value: string) => void) => resolve('kept') }
  const broken = {
    then: (): never => {
      throw boom
    },
  }

  expect(await api.run(() => kept as PromiseLike<string>)).toBe('kept')
  await expect(api.run(() => broken as PromiseLike<string>)).rejects.toBe(boom)
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 1, inFlight: 0, picks: 2 })
})

it('run() leaves no listener at the signal of an attempt that has succeeded, or failed', async () => {
  const clock = new FakeClock()
  const api = balancer({ endpoints: ['a'], clock })
  const around = pipeline({ policies: [timeout({ ms: 1_000 })], clock })
  const signals: AbortSignal[] = []
  const work = (outcome: () => Promise<unknown>): Promise<unknown> =>
    api
      .run(
        (_, { signal }) => {
          signals.push(signal)
          return clock.sleep(10).then(outcome)
        },
        { pipeline: around },
      )
      .catch(() => undefined)
  const calls = [work(() => Promise.resolve(1)), work(() => Promise.reject(boom))]
  await clock.advance(10)
  await Promise.all(calls)

  expect(signals.map((signal) => getEventListeners(signal, 'abort').length)).toEqual([0, 0])
})

it('run() counts work whose caller had given up when it began as late, and once', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const api = balancer({ endpoints: ['a'], clock })
  const call = api.run(
    () => {
      controller.abort('enough')
      return clock.sleep(50).then(() => Promise.reject(boom))
    },
    { signal: controller.signal },
  )
  call.catch(() => undefined)
  await clock.advance(50)

  await expect(call).rejects.toBe('enough')
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 0, inFlight: 0 })
})

it('run() makes no attempt after discovery when a timeout has given the call up', async () => {
  const clock = new FakeClock()
  let runs = 0
  const api = balancer({ discover: () => clock.sleep(100).then(() => ['a']), clock })
  const around = pipeline({ policies: [timeout({ ms: 50 })], clock })
  const call = api.run(() => runs++, { pipeline: around }).catch((error: unknown) => error)
  await clock.advance(100)

  expect(await call).toMatchObject({ code: 'TIMEOUT' })
  expect([runs, api.stats().counters['picks']]).toEqual([0, 0])
})

it('run() with a retry asks again when there was no endpoint, and tries the one that came meanwhile', async () => {
  const clock = new FakeClock()
  const api = balancer({ endpoints: [] as string[], clock })
  const again = retry({ maxRetries: 1, backoff: fixed({ delayMs: 10 }), retryOn: () => true })
  const call = api.run((name) => name, { pipeline: pipeline({ policies: [again], clock }) })
  await clock.advance(5)
  api.add('late')
  await clock.advance(5)

  expect(await call).toBe('late')
})

it('a call that tried all endpoints does not go to the last one again, whatever the strategy', async () => {
  const clock = new FakeClock()
  const endpoints = [{ id: 'a' }, { id: 'b', priority: 1 }]
  const random = seededRandom(1)
  const api = balancer({ endpoints, clock, random, outlierEjection: false })
  const around = pipeline({ policies: [retry({ maxRetries: 3, backoff: fixed({ delayMs: 0 }) })], clock })
  const chosen: string[] = []
  const call = api.run(
    ({ id }) => {
      chosen.push(id)
      throw boom
    },
    { pipeline: around },
  )
  await expect(call).rejects.toBe(boom)

  expect(chosen).toEqual(['a', 'b', 'a', 'b'])
})

it('a call tries an ill endpoint only when it has tried all others', () => {
  const endpoints = ['a', 'b', 'c', 'd']
  const api = balancer({ endpoints, clock: new FakeClock(), random: seededRandom(1) })
  api.markUnhealthy('d')

  expect(api.pick(['a', 'b'])?.endpoint).toBe('c')
  expect(api.pick(['a', 'b', 'c'])?.endpoint).not.toBe('d')
  expect(api.pick(['b', 'c', 'a'])?.endpoint).not.toBe('a')
})

it('run() of work that answers at once is over at once', () => {
  const api = balancer({ endpoints: ['a'] })
  void api.run((name) => name)

  expect(api.stats()).toMatchObject({ counters: { picks: 1 }, gauges: { inFlight: 0 } })
})
