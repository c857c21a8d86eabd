import { describe, expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { pipeline } from './pipeline.ts'
import { reportRun } from './report-run.ts'

const broken = new Error('broken')

describe('reportRun()', () => {
  it('tells attempts, the time between them and the time of all, of a call that succeeds in the end', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [retry({ backoff: fixed({ delayMs: 100 }) })], clock })
    const report = reportRun(
      line,
      ({ attempt }) => clock.sleep(30).then(() => (attempt < 2 ? Promise.reject(broken) : 'fine')),
      { clock },
    )

    await clock.advance(290)

    expect(await report).toEqual({
      outcome: { ok: true, value: 'fine' },
      attempts: 3,
      waitedMs: 200,
      tookMs: 290,
    })
  })

  it('tells them of a call that fails, also of work that throws at once', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [retry({ maxRetries: 1, backoff: fixed({ delayMs: 100 }) })], clock })
    const throwing = (): never => {
      throw broken
    }
    const report = reportRun(line, throwing, { clock })

    await clock.advance(100)

    expect(await report).toEqual({
      outcome: { ok: false, error: broken },
      attempts: 2,
      waitedMs: 100,
      tookMs: 100,
    })
  })

  it('counts no attempt of a call that is refused', async () => {
    const slots = bulkhead({ limit: 1 })
    slots.tryAcquire()

    const { outcome, attempts } = await reportRun(pipeline({ policies: [slots] }), () => 1)

    expect([attempts, !outcome.ok && outcome.rejection?.code]).toEqual([0, 'BULKHEAD_FULL'])
  })

  it('takes no time for a wait in which an attempt that timed out still runs', async () => {
    const clock = new FakeClock()
    const policies = [
      retry({ maxRetries: 1, backoff: fixed({ delayMs: 50 }), retryOn: () => true }),
      timeout({ ms: 20 }),
    ]
    const work = ({ attempt }: { readonly attempt: number }): Promise<number> =>
      clock.sleep(attempt === 0 ? 40 : 10).then(() => attempt)
    const report = reportRun(pipeline({ policies, clock }), work, { clock })

    await clock.advance(80)

    expect(await report).toMatchObject({ outcome: { ok: true, value: 1 }, attempts: 2, waitedMs: 30 })
  })

  it('passes the options of the call on', async () => {
    const line = pipeline({ policies: [] })

    const { outcome } = await reportRun(line, ({ args }) => args, { args: ['order-1'] })

    expect(outcome).toEqual({ ok: true, value: ['order-1'] })
  })
})
