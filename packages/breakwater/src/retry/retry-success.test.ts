import { describe, expect, it } from 'vitest'
import type { Timer } from '../clock/clock.ts'
import { type Level } from '../pipeline/level.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import { systemRandom } from '../random/system-random.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { retry, type Retry } from './retry.ts'
import { transientErrors } from './transient-errors.ts'

/** Notes what is asked of it. */
class WatchedClock extends FakeClock {
  readonly asked: string[] = []

  override now(): number {
    this.asked.push('now')
    return super.now()
  }

  override epochNow(): number {
    this.asked.push('epochNow')
    return super.epochNow()
  }

  override setTimer(ms: number, callback: () => void): Timer {
    this.asked.push('setTimer')
    return super.setTimer(ms, callback)
  }
}

/** What a level keeps of a call that comes in. */
function keptOnEntry(policy: Retry): unknown {
  const setup = { operation: 'a', clock: new FakeClock(), random: systemRandom, isIdempotent: true }
  const level: Level = policy.compile(setup)
  const permits: unknown[] = ['of an earlier call']
  level.enter({ permits } as unknown as RunHandle, 0)
  return permits[0]
}

describe('retry() of a call that succeeds', () => {
  it('reads no time, sets no timer, draws no chance and makes no event', async () => {
    const clock = new WatchedClock()
    const events: unknown[] = []
    const random = {
      next: (): number => {
        throw new Error('chance was asked')
      },
    }
    const policy = retry({ rules: [transientErrors()], onEvent: (event) => events.push(event) })

    const value = await pipeline({ policies: [policy], clock, random }).run(() => 'fine')

    expect([value, clock.asked, events]).toEqual(['fine', [], []])
  })

  it('keeps nothing of the call', () => {
    const setup = { operation: 'a', clock: new FakeClock(), random: systemRandom, isIdempotent: true }

    expect(retry({ rules: [transientErrors()] }).compile(setup).decides).toBe(false)
  })

  it('keeps when the call came in only if its time is limited', () => {
    expect(keptOnEntry(retry({ totalMs: 1_000 }))).toMatchObject({ startedAt: 0, retries: 0 })
  })

  it('is not even asked, unless its budget wants to know', () => {
    const setup = { operation: 'a', clock: new FakeClock(), random: systemRandom, isIdempotent: true }
    const allowance = { deposit: () => undefined, tryWithdraw: () => true }
    const asked = [{}, { budget: allowance }, { budget: { ...allowance, succeeded: () => undefined } }].map(
      (options) => !retry(options).compile(setup).passesSuccess,
    )

    expect(asked).toEqual([false, false, true])
  })
})
