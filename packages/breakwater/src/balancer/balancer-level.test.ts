import { expect, it, vi } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { hedge } from '../hedge/hedge.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { balancer } from './balancer.ts'

const boom = new Error('boom')
const options = { endpoints: ['a', 'b', 'c'], random: seededRandom(2) }

it('a balancer in a pipeline gives the work its endpoint, attempt by attempt another one', async () => {
  const clock = new FakeClock()
  const api = balancer({ ...options, clock })
  const again = retry({ maxRetries: 2, backoff: fixed({ delayMs: 0 }) })
  const client = pipeline({ policies: [again, api], clock })
  const chosen: string[] = []
  const work = (context: Parameters<typeof api.endpointOf>[0]): never => {
    chosen.push(api.endpointOf(context))
    throw boom
  }

  await expect(client.run(work)).rejects.toBe(boom)
  await expect(client.run(work)).rejects.toBe(boom)
  expect(chosen.slice(0, 3).sort()).toEqual(['a', 'b', 'c'])
  expect(chosen.slice(3).sort()).toEqual(['a', 'b', 'c'])
  expect(api.stats().gauges['inFlight']).toBe(0)
})

it('a balancer in a pipeline sends hedges elsewhere, each attempt reading its own endpoint', async () => {
  const clock = new FakeClock()
  const api = balancer({ ...options, clock })
  const client = pipeline({ policies: [hedge({ delay: 10 }), api], clock })
  const seen: string[] = []
  const call = client.run(async (context) => {
    await clock.sleep(context.attempt === 0 ? 30 : 5)
    seen.push(api.endpointOf(context))
    return context.endpoint
  })
  await clock.advance(40)

  expect(await call).toBe(seen[0])
  expect(seen).toHaveLength(2)
  expect(seen[1]).not.toBe(seen[0])
  expect(api.stats().counters['picks']).toBe(2)
  expect(api.stats().gauges['inFlight']).toBe(0)
})

it('a balancer in a pipeline counts a timeout at once and the load until the work has ended', async () => {
  const clock = new FakeClock()
  const api = balancer({ endpoints: ['a'], clock })
  const client = pipeline({ policies: [timeout({ ms: 100 }), api], clock })
  const call = client.tryRun(() => clock.sleep(300))
  await clock.advance(100)

  expect(await call).toMatchObject({ error: { code: 'TIMEOUT' } })
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 1, inFlight: 1 })
  await clock.advance(200)
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 1, inFlight: 0 })
})

it('a balancer in a pipeline does not count refusals further in, nor aborts', async () => {
  const clock = new FakeClock()
  const api = balancer({ endpoints: ['a'], clock })
  const slots = bulkhead({ limit: 1 })
  const client = pipeline({ policies: [api, slots], clock })
  const controller = new AbortController()
  const held = client.tryRun(({ signal }) => clock.sleep(50, signal), { signal: controller.signal })
  const refused = await client.tryRun(() => 1)
  controller.abort('enough')
  await clock.settle()

  expect([await held, refused]).toMatchObject([{ error: 'enough' }, { rejection: { code: 'BULKHEAD_FULL' } }])
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 0, inFlight: 0 })
})

it('a balancer in a pipeline refuses without an endpoint: the work is not run', async () => {
  const api = balancer({ endpoints: [] as string[] })

  expect(await pipeline({ policies: [api] }).tryRun(() => 1)).toMatchObject({
    ok: false,
    rejection: { code: 'NO_ENDPOINT' },
    error: { name: 'NoEndpointError' },
  })
})

it('a balancer in a pipeline waits for its first endpoints, and ends waiting at an abort', async () => {
  const clock = new FakeClock()
  const api = balancer({ discover: () => clock.sleep(10).then(() => ['a']), clock })
  const client = pipeline({ policies: [api], clock })
  const controller = new AbortController()
  const aborted = client.tryRun(() => 1, { signal: controller.signal })
  const served = client.run((context) => api.endpointOf(context))
  controller.abort('enough')
  await clock.advance(10)

  expect([await aborted, await served]).toEqual([{ ok: false, error: 'enough' }, 'a'])
  expect(api.stats()).toMatchObject({ counters: { picks: 1 }, gauges: { inFlight: 0 } })
  clock.expectIdle()
})

it('endpointOf() says when the balancer is not in the pipeline', async () => {
  const api = balancer({ endpoints: ['a'], name: 'users' })

  await expect(
    pipeline({ operation: 'find', policies: [] }).run((context) => api.endpointOf(context)),
  ).rejects.toThrow("Cannot read the endpoint of 'find' as balancer 'users' is not in its pipeline")
})

it('a balancer in a pipeline ends a call once, and holds no endpoint, when a listener aborts it while one is chosen', async () => {
  const clock = new FakeClock()
  const gone = new AbortController()
  const api = balancer({
    discover: () => clock.sleep(5).then(() => ['a']),
    clock,
    onEvent: ({ type }) => {
      if (type === 'EndpointAdded') api.markUnhealthy('a')
      if (type === 'PanicStarted') gone.abort(boom)
    },
  })
  const callEnded = vi.fn()
  const observer = { callStarted: () => 0, callEnded, attemptFailed: () => undefined }
  const client = pipeline({ policies: [api], clock, observer })
  const call = expect(client.run(() => 'never', { signal: gone.signal })).rejects.toBe(boom)
  await clock.advance(5)

  await call
  expect(callEnded).toHaveBeenCalledTimes(1)
  expect(api.stats().gauges['inFlight']).toBe(0)
})

it('a balancer in a pipeline learns from successes: how fast they were, and that failures are over', async () => {
  const clock = new FakeClock()
  const api = balancer({ endpoints: ['a'], clock })
  const client = pipeline({ policies: [api], clock })
  await client.tryRun(() => Promise.reject(boom))
  const failing = api.explain().endpoints[0]
  const call = client.run(() => clock.sleep(40))
  await clock.advance(40)
  await call

  expect([failing, api.explain().endpoints[0]]).toMatchObject([
    { failuresInARow: 1, latencyMs: 0 },
    { failuresInARow: 0, latencyMs: 40, inFlight: 0 },
  ])
})

it('a balancer in a pipeline sends a retry to the next level when it has tried the first', async () => {
  const clock = new FakeClock()
  const endpoints = [{ id: 'main' }, { id: 'spare', priority: 1 }, { id: 'last', priority: 2 }]
  const api = balancer({ endpoints, clock })
  const again = retry({ maxRetries: 2, backoff: fixed({ delayMs: 0 }) })
  const chosen: string[] = []
  const outcome = await pipeline({ policies: [again, api], clock }).tryRun((context) => {
    chosen.push(api.endpointOf(context).id)
    throw boom
  })

  expect(outcome).toMatchObject({ ok: false, error: boom })
  expect(chosen).toEqual(['main', 'spare', 'last'])
})
