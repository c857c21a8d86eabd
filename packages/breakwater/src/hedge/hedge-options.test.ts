import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { PercentileDelay } from './hedge-options.ts'
import { hedge } from './hedge.ts'

describe('hedge()', () => {
  it('adds by default one attempt, also when one fails', async () => {
    const clock = new FakeClock()
    const attempts: number[] = []
    const call = pipeline({ policies: [hedge()], clock }).tryRun(({ attempt }) => {
      attempts.push(attempt)
      throw new Error('down')
    })
    await clock.settle()
    await call

    expect(attempts).toEqual([0, 1])
  })

  it('takes as many further attempts as allowed, each after the delay, and then no more', async () => {
    const clock = new FakeClock()
    const startedAt: number[] = []
    const call = pipeline({ policies: [hedge({ delay: 10, maxHedges: 2 })], clock }).run(async () => {
      startedAt.push(clock.now())
      await clock.sleep(100)
    })
    await clock.advance(100)
    await call

    expect(startedAt).toEqual([0, 10, 20])
  })

  it.each([1, 10])('takes %i further attempts at most when told to', async (maxHedges) => {
    const clock = new FakeClock()
    const policy = hedge({ delay: 1, maxHedges })
    const call = pipeline({ policies: [policy], clock }).run(() => clock.sleep(100))
    await clock.advance(100)
    await call

    expect(policy.hedges).toBe(maxHedges)
  })

  it.each([0, 11, 1.5])('rejects %d further attempts', (maxHedges) => {
    expect(() => hedge({ maxHedges })).toThrow(
      `Cannot create hedge as 'maxHedges' must be an integer >= 1 and <= 10: current value is ${maxHedges}`,
    )
  })

  it('starts the second attempt at once with a delay of 0', async () => {
    const clock = new FakeClock()
    const policy = hedge({ delay: 0 })
    const call = pipeline({ policies: [policy], clock }).run(() => clock.sleep(10))
    await clock.settle()
    const hedges = policy.hedges
    await clock.advance(10)
    await call

    expect(hedges).toBe(1)
  })

  it('names the policy when a delay is no number and no object', () => {
    expect(() => hedge({ delay: 'soon' as never })).toThrow(
      "Cannot create hedge as 'delay' must be a number >= 0: current value is 'soon'",
    )
  })

  it('shows a fixed delay as its delay', () => {
    expect(hedge({ delay: 70 }).delayMs).toBe(70)
  })
})

describe('hedge() by percentile', () => {
  it.each<[PercentileDelay, string]>([
    [{ percentile: 0 }, "'percentile' must be a number > 0 and <= 0.9999: current value is 0"],
    [{ percentile: 1 }, "'percentile' must be a number > 0 and <= 0.9999: current value is 1"],
    [{ minMs: -1 }, "'minMs' must be a number >= 0: current value is -1"],
    [{ minMs: 5, maxMs: 4 }, "'maxMs' must be a number >= 5: current value is 4"],
    [{ maxMs: 0.5 }, "'maxMs' must be a number >= 1: current value is 0.5"],
    [{ minimumSamples: 0 }, "'minimumSamples' must be an integer >= 1: current value is 0"],
    [{ windowMs: 99 }, "'windowMs' must be a number >= 100: current value is 99"],
  ])('rejects %j', (delay, message) => {
    expect(() => hedge({ delay })).toThrow(`Cannot create hedge delay as ${message}`)
  })

  it.each<PercentileDelay>([
    { percentile: 0.0001 },
    { percentile: 0.9999 },
    { minMs: 0 },
    { minMs: 5, maxMs: 5 },
    { minimumSamples: 1 },
    { windowMs: 100 },
  ])('takes %j', (delay) => {
    expect(hedge({ delay }).kind).toBe('hedge')
  })

  it('rejects a misspelt option by name', () => {
    expect(() => hedge({ delay: { percentil: 0.9 } as never })).toThrow(
      "Cannot create hedge delay as 'percentil' is not an option of it: the options are percentile, minMs, maxMs, minimumSamples, windowMs",
    )
  })
})

/** The delay of a call that comes three seconds after others were answered, one after the other, after these times. */
async function delayAfter(answers: readonly number[], delay?: PercentileDelay): Promise<number> {
  const clock = new FakeClock()
  const policy = hedge(delay === undefined ? {} : { delay })
  const read = pipeline({ policies: [policy], clock })
  for (const ms of answers) {
    const call = read.run(({ attempt }) => clock.sleep(attempt === 0 ? ms : 100_000))
    await clock.advance(ms)
    await call
  }
  await clock.advance(3_000)
  const last = read.run(() => clock.sleep(0))
  await clock.settle()
  await last
  return policy.delayMs
}

describe('hedge() by percentile', () => {
  it('waits by default a second until fifty attempts have answered', async () => {
    const answers = Array.from({ length: 49 }, () => 20)

    expect(await delayAfter(answers)).toBe(1_000)
    expect(await delayAfter([...answers, 20])).toBeCloseTo(20, 0)
  })

  it('waits by default what 95 of 100 attempts take', async () => {
    const answers = Array.from({ length: 100 }, (_, i) => (i < 94 ? 20 : 200))
    const fewer = Array.from({ length: 100 }, (_, i) => (i < 96 ? 20 : 200))

    expect(await delayAfter(answers)).toBeGreaterThan(190)
    expect(await delayAfter(fewer)).toBeLessThan(25)
  })

  it('waits by default at least a millisecond', async () => {
    expect(await delayAfter(Array.from({ length: 50 }, () => 0))).toBe(1)
  })

  it('waits no less than the minimum and no more than the maximum', async () => {
    const limits = { minimumSamples: 1, minMs: 30, maxMs: 60 }

    expect(await delayAfter([20], limits)).toBe(30)
    expect(await delayAfter([40], limits)).toBeCloseTo(40, 0)
    expect(await delayAfter([80], limits)).toBe(60)
  })

  it('forgets answers after one to two windows', async () => {
    const clock = new FakeClock()
    const policy = hedge({ delay: { minimumSamples: 1, windowMs: 1_000, maxMs: 500 } })
    const read = pipeline({ policies: [policy], clock })
    void read.run(() => clock.sleep(20))
    await clock.advance(1_000)
    void read.run(() => clock.sleep(20))
    const within = policy.delayMs
    await clock.advance(3_000)
    void read.run(() => clock.sleep(20))

    expect(within).toBeCloseTo(20, 0)
    expect(policy.delayMs).toBe(500)
  })
})
