import { expect, test } from 'vitest'
import { hubLimitDefaults } from '../src/index.ts'
import { QueueFullError, QueueStoppedError } from '../src/ingest/queue-errors.ts'
import { type QueueListener, ReportQueue } from '../src/ingest/report-queue.ts'
import type { AppendedReports, ReceivedReport } from '../src/store/append.ts'
import { aReport } from './a-report.ts'
import { ManualClock } from './manual-clock.ts'
import { aHub, patience } from './test-hub.ts'

const to = Date.UTC(2026, 5, 1, 12)
const listener: QueueListener = { stored: () => {}, committed: () => {}, failed: () => {} }
const stored = (reports: readonly ReceivedReport[]): AppendedReports => ({
  outcomes: reports.map(() => 'stored'),
  folded: 0,
})

test('ReportQueue writes all reports that wait in one transaction', async () => {
  const batches: number[] = []
  const store = {
    append(reports: readonly ReceivedReport[]) {
      batches.push(reports.length)
      return stored(reports)
    },
  }
  const queue = new ReportQueue({ store, clock: new ManualClock(), limits: hubLimitDefaults, listener })

  await Promise.all([1, 2, 3].map((sequence) => queue.submit(aReport({ to, sequence }), 1)))

  expect(batches).toEqual([3])
})

test('ReportQueue refuses a report when as many wait as may', async () => {
  const limits = { ...hubLimitDefaults, waitingReports: 2 }
  const queue = new ReportQueue({ store: { append: stored }, clock: new ManualClock(), limits, listener })

  const [first, second, third] = await Promise.allSettled(
    [1, 2, 3].map((sequence) => queue.submit(aReport({ to, sequence }), 1)),
  )

  expect([first?.status, second?.status]).toEqual(['fulfilled', 'fulfilled'])
  expect(third?.status === 'rejected' && third.reason).toBeInstanceOf(QueueFullError)
})

test('ReportQueue refuses a report when the bodies that wait are too large together', async () => {
  const limits = { ...hubLimitDefaults, waitingBytes: 100 }
  const queue = new ReportQueue({ store: { append: stored }, clock: new ManualClock(), limits, listener })
  const first = queue.submit(aReport({ to }), 60)

  await expect(queue.submit(aReport({ to, sequence: 2 }), 41)).rejects.toThrow(QueueFullError)

  await first
  await expect(queue.submit(aReport({ to, sequence: 2 }), 41)).resolves.toBe('stored')
})

test('ReportQueue stores the others when the store cannot take one report', async () => {
  const store = {
    append(reports: readonly ReceivedReport[]) {
      if (reports.some(({ report }) => report.sequence === 2)) throw new Error('no')
      return stored(reports)
    },
  }
  const queue = new ReportQueue({ store, clock: new ManualClock(), limits: hubLimitDefaults, listener })

  const results = await Promise.allSettled(
    [1, 2, 3].map((sequence) => queue.submit(aReport({ to, sequence }), 1)),
  )

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('ReportQueue.stop() finishes what waits and takes nothing more', async () => {
  const queue = new ReportQueue({
    ...{ store: { append: stored }, clock: new ManualClock(), limits: hubLimitDefaults, listener },
  })
  const waiting = queue.submit(aReport({ to }), 1)

  await queue.stop()

  expect(queue.length).toBe(0)
  await expect(waiting).resolves.toBe('stored')
  await expect(queue.submit(aReport({ to, sequence: 2 }), 1)).rejects.toThrow(QueueStoppedError)
})

test('POST /reports answers 429 with Retry-After when the writer is behind, and counts it', async () => {
  const { post, url, clock } = await aHub({ limits: { waitingReports: 1 } })
  const release = clock.hold()
  const taken = post(aReport({ to }))
  await expect.poll(async () => await metricsOf(url), patience).toContain('reports_waiting 1\n')

  const refused = await post(aReport({ to, sequence: 2 }))
  const ready = await fetch(`${url}/health/ready`)
  release()

  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  expect(ready.status).toBe(503)
  expect((await taken).status).toBe(200)
  expect(await metricsOf(url)).toContain('reports_refused_total{problem="TOO_MANY_WAITING"} 1\n')
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
})

test('POST /reports answers 429 to an instance beyond those that are kept', async () => {
  const { post, report } = await aHub({ limits: { instances: 1 } })
  await report(aReport({ to }))

  const refused = await post(aReport({ to, identity: { service: 'payments', instance: 'b', startedAt: to } }))

  expect([refused.status, await refused.json()]).toEqual([429, expect.objectContaining({ code: 'NO_ROOM' })])
})

test('POST /reports makes room for a new instance when another one is gone for an hour', async () => {
  const { report, clock } = await aHub({ limits: { instances: 1 } })
  await report(aReport({ to }))

  clock.advance(3_600_001)

  const next = aReport({ to: clock.now(), identity: { service: 'payments', instance: 'b', startedAt: to } })
  expect(await report(next)).toMatchObject({ duplicate: false })
})

async function metricsOf(url: string): Promise<string> {
  return await (await fetch(`${url}/metrics`)).text()
}
