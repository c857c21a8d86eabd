import { expect, test } from 'vitest'
import type { ServiceDetailView } from 'breakwater/protocol'
import { anOperation, aReport } from './a-report.ts'
import { readStream } from './read-stream.ts'
import { aHub } from './test-hub.ts'

test('close() answers the reports that wait, ends streams, and stops listening', async () => {
  const hub = await aHub()
  const stream = readStream(await fetch(`${hub.url}/api/v1/live`))
  const to = hub.clock.now()
  const reports = Array.from({ length: 20 }, (_, index) =>
    hub.post(
      aReport({
        to,
        identity: { service: 'payments', instance: `i-${index}`, startedAt: to },
        operations: [anOperation({ successes: 1 })],
      }),
    ),
  )
  await reports[0]

  await hub.hub.close()

  const answers = await Promise.allSettled(reports)
  const stored = answers.filter(
    (answer) => answer.status === 'fulfilled' && answer.value.status === 200,
  ).length
  expect(await stream.next()).toEqual({ done: true, value: undefined })
  await expect(fetch(hub.url)).rejects.toThrow('fetch failed')
  const { totals } = await (await hub.restart()).get<ServiceDetailView>('/api/v1/services/payments')
  expect(totals.calls).toBeGreaterThanOrEqual(stored)
})

test('close() may be called again', async () => {
  const { hub } = await aHub()

  await hub.close()

  await expect(hub.close()).resolves.toBeUndefined()
})
