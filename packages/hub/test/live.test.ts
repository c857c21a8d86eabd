import { expect, onTestFinished, test } from 'vitest'
import type { LiveTick } from 'breakwater/protocol'
import { aFault, anOperation, aReport } from './a-report.ts'
import { nextMessage, readStream, type StreamMessage } from './read-stream.ts'
import { aHub, type TestHub } from './test-hub.ts'

async function listen(hub: TestHub, lastId?: string): Promise<AsyncGenerator<StreamMessage, void>> {
  const controller = new AbortController()
  onTestFinished(() => controller.abort())
  const headers: Record<string, string> = lastId === undefined ? {} : { 'last-event-id': lastId }
  return readStream(await fetch(`${hub.url}/api/v1/live`, { headers, signal: controller.signal }))
}

async function tick(hub: TestHub, stream: AsyncGenerator<StreamMessage, void>): Promise<LiveTick> {
  hub.clock.advance(1_000)
  return (await nextMessage(stream)).data as LiveTick
}

test('GET /live sends each second what came in and what changed', async () => {
  const hub = await aHub()
  const stream = await listen(hub)
  const to = hub.clock.now()
  const latency = { sumMs: 30, maxMs: 10, buckets: [100, 3] }
  await hub.report(
    aReport({
      to,
      operations: [anOperation({ successes: 2, failures: 1, sparedByRetry: 1, latency })],
      faults: [aFault({ lastAt: to })],
      events: [{ type: 'CircuitOpened', at: to, message: 'opened', policy: 'stripe' }],
      policies: [{ kind: 'retry', name: 'again', counters: { retries: 1 }, gauges: {} }],
    }),
  )

  const busy = await tick(hub, stream)
  const idle = await tick(hub, stream)

  const figures = { calls: 3, successes: 2, failures: 1, rejections: 0, spared: 1 }
  expect(busy).toMatchObject({
    ...{ at: to + 1_000, total: figures, services: { payments: figures }, changedServices: ['payments'] },
    ...{ changedPolicies: ['payments/again'], changedGroups: ['ab'.repeat(8)] },
    marks: [{ at: to, type: 'CircuitOpened', service: 'payments', policy: 'stripe', operation: null }],
    hub: { reportsAccepted: 1, reportsWaiting: 0, hasLab: false },
  })
  expect(busy.total.p50).toBeGreaterThan(0)
  expect(idle).toMatchObject({
    id: busy.id + 1,
    total: { calls: 0, p50: null },
    services: {},
    changedServices: [],
  })
})

test('GET /live first sends the ticks after Last-Event-ID', async () => {
  const hub = await aHub()
  const stream = await listen(hub)
  const first = await tick(hub, stream)
  const second = await tick(hub, stream)
  const third = await tick(hub, stream)

  const resumed = await listen(hub, String(first.id))

  expect((await nextMessage(resumed)).id).toBe(String(second.id))
  expect((await nextMessage(resumed)).id).toBe(String(third.id))
})

test('GET /live sends reset when the ticks after Last-Event-ID are gone', async () => {
  const hub = await aHub()
  const stream = await listen(hub)
  const first = await tick(hub, stream)
  hub.clock.advance(901_000)

  const resumed = await listen(hub, String(first.id))

  expect((await nextMessage(resumed)).event).toBe('reset')
})

test('GET /live sends reset after a restart of the hub, and its ids go on', async () => {
  const before = await aHub()
  const last = await tick(before, await listen(before))
  const after = await before.restart()

  const resumed = await listen(after, String(last.id))
  const reset = await nextMessage(resumed)
  const next = await tick(after, resumed)

  expect(reset.event).toBe('reset')
  expect(next.id).toBeGreaterThan(last.id)
})

test('GET /live refuses a reader beyond those that may be open', async () => {
  const hub = await aHub({ limits: { streams: 1 } })
  await listen(hub)

  const refused = await fetch(`${hub.url}/api/v1/live`)

  expect([refused.status, await refused.json()]).toEqual([
    429,
    expect.objectContaining({ code: 'TOO_MANY_STREAMS' }),
  ])
})

test('GET /live drops a reader that takes nothing in, and the hub says so', async () => {
  const hub = await aHub()
  await listen(hub)
  const names = Array.from({ length: 900 }, (_, index) =>
    anOperation({ operation: `${'x'.repeat(190)}${index}` }),
  )
  await hub.report(aReport({ to: hub.clock.now(), operations: names }))
  const metric = async (): Promise<string> => await (await fetch(`${hub.url}/metrics`)).text()

  // Its 900 ticks do not fit into the buffers between here and there when nobody reads them.
  hub.clock.advance(30_000_000)

  await expect.poll(metric, { timeout: 8_000 }).toContain('streams_dropped_total 1\n')
})
