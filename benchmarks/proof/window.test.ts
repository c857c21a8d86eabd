import { expect, test, vi } from 'vitest'
import { opensAtHalf } from '../contestants/breaker-settings.ts'
import { succeedingWork, readyError, type Work } from '../harness/work.ts'
import { type Protected, windowContestants } from '../window.bench.ts'

const hour = { ...opensAtHalf, windowMs: 3_600_000 }
const contestants = windowContestants(hour, 200)

async function callOften({ run }: Protected, work: Work, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await Promise.resolve(run(work)).catch(() => undefined)
}

test.for(Object.keys(contestants))(
  'window: %s opens once half of what it holds are failures, not before',
  async (name) => {
    const work = vi.fn<Work>().mockRejectedValue(readyError)
    const made = await contestants[name]?.()
    if (made === undefined) throw new Error(`there is no ${name}`)

    await callOften(made, succeedingWork(), 60)
    await callOften(made, work, 58)
    expect(work).toHaveBeenCalledTimes(58)
    await callOften(made, work, 10)
    expect(work.mock.calls.length).toBeLessThan(64)
    await made.dispose?.()
  },
)

test('windows by count hold as many calls as they are asked to; without any there are none', () => {
  expect(Object.keys(windowContestants(hour, 0))).not.toContain('effect')
  expect(Object.keys(windowContestants(hour, 100_000))).not.toContain('mollitia, by count')
})
