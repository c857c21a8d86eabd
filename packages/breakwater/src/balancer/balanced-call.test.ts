import { expect, it, vi } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import type { Balancer } from './balancer-api.ts'
import { balancer } from './balancer.ts'

const boom = new Error('boom')

/** A balancer of one endpoint whose latency is known to be 10 ms, and does not fade while it is looked at. */
async function tenMs(clock: FakeClock): Promise<Balancer<string>> {
  const api = balancer({ endpoints: ['a'], clock, decayMs: 3_600_000 })
  const permit = api.pick()
  await clock.advance(10)
  permit?.succeed()
  return api
}

const latency = (api: Balancer<string>): number => Math.round(api.explain().endpoints[0]?.latencyMs ?? -1)

it('a permit that has ended asks isFailure no more', () => {
  const isFailure = vi.fn(() => true)
  const api = balancer({ endpoints: ['a'], isFailure, clock: new FakeClock() })
  const permit = api.pick()
  permit?.ignore()
  permit?.fail(boom)
  permit?.succeed()

  expect(isFailure).not.toHaveBeenCalled()
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 0, inFlight: 0, latencyMs: 0 })
})

it('a permit that is ignored says nothing: neither that the endpoint is well nor how fast it is', async () => {
  const clock = new FakeClock()
  const api = await tenMs(clock)
  api.pick()?.fail(boom)
  const permit = api.pick()
  await clock.advance(500)
  permit?.ignore()

  expect([latency(api), api.explain().endpoints[0]?.failuresInARow]).toEqual([10, 1])
})

it('a failure makes a known latency look worse, and never better', async () => {
  const clock = new FakeClock()
  const api = await tenMs(clock)
  api.pick()?.fail(boom)
  const quick = latency(api)
  const permit = api.pick()
  await clock.advance(500)
  permit?.fail(boom)

  expect([quick, latency(api)]).toEqual([10, 500])
})

it('a timeout of ours says how slow an endpoint is at least; an error of the user with the same code does not', async () => {
  const clock = new FakeClock()
  const ours = balancer({ endpoints: ['a'], clock })
  const theirs = balancer({ endpoints: ['a'], clock })
  const slow = pipeline({ policies: [ours, timeout({ ms: 100 })], clock })
  const call = slow.tryRun(() => clock.sleep(500))
  const permit = theirs.pick()
  await clock.advance(100)
  permit?.fail(Object.assign(new Error('slow'), { code: 'TIMEOUT' }))
  await call

  expect([latency(ours), latency(theirs)]).toEqual([100, 0])
  expect(theirs.explain().endpoints[0]).toMatchObject({ failuresInARow: 1 })
  await clock.advance(400)
})

it('a call that its caller gave up says how slow the endpoint is at least, and nothing else', async () => {
  const clock = new FakeClock()
  const api = await tenMs(clock)
  const controller = new AbortController()
  const call = pipeline({ policies: [api], clock }).tryRun(({ signal }) => clock.sleep(900, signal), {
    signal: controller.signal,
  })
  await clock.advance(70)
  controller.abort(boom)
  await call

  expect(latency(api)).toBe(70)
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 0, inFlight: 0 })
})

it('a refusal further in says nothing of how slow the endpoint is, however late it comes', async () => {
  const clock = new FakeClock()
  const api = await tenMs(clock)
  const client = pipeline({ policies: [api, bulkhead({ limit: 1, queue: 1, maxWaitMs: 200 })], clock })
  const held = client.tryRun(() => clock.sleep(300))
  const refused = client.tryRun(() => 1)
  await clock.advance(200)

  expect(await refused).toMatchObject({ ok: false, rejection: { policy: 'bulkhead' } })
  expect(latency(api)).toBe(10)
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 0, inFlight: 1 })
  await clock.advance(100)
  await held
})

it('work that a caller gave up counts once, however it ends later', async () => {
  const clock = new FakeClock()
  const api = await tenMs(clock)
  const controller = new AbortController()
  const call = api.run(() => clock.sleep(500).then(() => Promise.reject(boom)), { signal: controller.signal })
  call.catch(() => undefined)
  await clock.advance(70)
  controller.abort('enough')
  await clock.advance(430)

  expect(latency(api)).toBe(70)
  expect(api.explain().endpoints[0]).toMatchObject({ failuresInARow: 0, inFlight: 0 })
})
