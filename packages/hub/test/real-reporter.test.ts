import { expect, onTestFinished, test } from 'vitest'
import { exponential, retry, timeout } from 'breakwater'
import { createRuntime, type NodeRuntime } from 'breakwater/node'
import type { GroupListView, PolicyListView, ServiceDetailView } from 'breakwater/protocol'
import { systemClock } from '../src/clock/system-clock.ts'
import { ManualClock } from './manual-clock.ts'
import { aFolder, aHub, type TestHub, patience } from './test-hub.ts'

// The reporter uses the machine's time, so the hub's has to be near it.
const now = systemClock.now() + 60_000

function aService(hub: TestHub, problems: string[]): NodeRuntime {
  const runtime = createRuntime({
    service: 'storefront',
    version: '1.2.3',
    environment: 'test',
    hub: { url: hub.url },
    reporter: {
      ...{ spoolDir: aFolder(), intervalMs: 20, spacingMs: 10, crashGuard: false },
      onProblem: ({ message }) => void problems.push(message),
    },
  })
  onTestFinished(() => runtime.close())
  return runtime
}

test('what the library’s reporter sends is taken and counted exactly', async () => {
  const hub = await aHub({ clock: new ManualClock(now) })
  const problems: string[] = []
  const runtime = aService(hub, problems)
  const charge = runtime.pipeline({
    operation: 'payments.charge',
    policies: [
      retry({ maxRetries: 1, backoff: exponential({ initialMs: 1, maxMs: 2 }) }),
      runtime.circuitBreaker('stripe', { consecutiveFailures: 1_000 }),
      timeout({ ms: 1_000 }),
    ],
  })
  const work = Array.from({ length: 40 }, (_, index) => index)

  await Promise.all(
    work.map((index) =>
      charge.tryRun(async ({ attempt }) => {
        if (index % 4 === 0) throw new TypeError(`cannot read order ${index}`)
        if (index % 4 === 1 && attempt === 0) throw new Error('again')
        return index
      }),
    ),
  )
  await runtime.close()

  const detail = await hub.get<ServiceDetailView>('/api/v1/services/storefront')
  const groups = await hub.get<GroupListView>('/api/v1/groups')
  expect(problems).toEqual([])
  expect(detail.totals).toMatchObject({
    calls: 40,
    successes: 30,
    failures: 10,
    attempts: 50,
    sparedByRetry: 10,
  })
  expect(detail.instanceList).toMatchObject([{ state: 'stopped', version: '1.2.3', missingReports: 0 }])
  expect(detail.latency.p50).not.toBeNull()
  expect(groups.groups.find(({ name }) => name === 'TypeError')).toMatchObject({ services: ['storefront'] })
})

test('a breaker that is overridden at the hub obeys, and the hub shows that it does', async () => {
  const hub = await aHub({ clock: new ManualClock(now) })
  const runtime = aService(hub, [])
  const breaker = runtime.circuitBreaker('stripe')
  const ask = runtime.pipeline({ operation: 'ask', policies: [breaker] })
  await ask.run(() => 1)
  const view = async (): Promise<unknown> =>
    (await hub.get<PolicyListView>('/api/v1/policies')).policies[0]?.breaker?.appliedOverride
  await expect.poll(view, patience).toBe('automatic')

  await fetch(`${hub.url}/api/v1/overrides/storefront/stripe`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode: 'forced-open', reason: 'test', by: 'ann' }),
  })

  await expect.poll(view, patience).toBe('forced-open')
  expect(await ask.tryRun(() => 1)).toMatchObject({ ok: false })
})
