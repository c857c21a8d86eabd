import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, it } from 'vitest'
import { Deadline } from './deadline.ts'
import { nextMacrotask } from './macrotask.ts'
import { systemClock } from './system-clock.ts'

/** Keeps the event loop from turning. */
function block(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end) {
    // Busy on purpose: this is what the clock is tested against.
  }
}

/** Arms a deadline and tells how long it took to be reached. */
function reachedAfter(ms: number): Promise<number> {
  return new Promise((resolve) => {
    const start = performance.now()
    const deadlineReached = (): void => resolve(performance.now() - start)
    systemClock.deadlines(ms).arm(new Deadline({ deadlineReached }, 0))
  })
}

/** Lets the event loop turn for a while of real time. */
async function turn(ms: number): Promise<void> {
  const end = performance.now() + ms
  while (performance.now() < end) await nextMacrotask()
}

const unexpected = (): never => {
  throw new Error('a cancelled deadline was reached')
}

describe('systemClock', () => {
  it("reaches deadlines in nobody's asynchronous context, whoever started its ticker", async () => {
    await turn(50)
    const storage = new AsyncLocalStorage<string>()
    const contextAtDeadline = (request: string): Promise<string | undefined> =>
      new Promise((resolve) => {
        const deadlineReached = (): void => resolve(storage.getStore())
        const deadline = new Deadline({ deadlineReached }, 0)
        storage.run(request, () => systemClock.deadlines(1).arm(deadline))
      })

    const seen = await Promise.all([contextAtDeadline('first'), contextAtDeadline('second')])

    expect(seen).toEqual([undefined, undefined])
  })

  it('now() goes on and has fractions', () => {
    const first = systemClock.now()
    block(2)
    const second = systemClock.now()

    expect(second - first).toBeGreaterThanOrEqual(2)
    expect(second - first).not.toBe(Math.round(second - first))
  })

  it('epochNow() is the time of the wall clock', () => {
    expect(Math.abs(systemClock.epochNow() - Date.now())).toBeLessThan(1_000)
  })

  it('coarseNow() is behind now() by little, and never ahead', async () => {
    systemClock.coarseNow()
    await turn(20)

    const coarse = systemClock.coarseNow()
    const behind = systemClock.now() - coarse

    expect(behind).toBeGreaterThanOrEqual(0)
    expect(behind).toBeLessThan(1_000)
  })

  it('coarseNow() stands still while the event loop is blocked', () => {
    const before = systemClock.coarseNow()

    block(15)

    expect(systemClock.coarseNow()).toBe(before)
  })

  it('sleep() resolves after its time, not before', async () => {
    const start = performance.now()

    await systemClock.sleep(5)

    // The engine's timers count whole milliseconds of a clock that may be up to one ahead.
    expect(performance.now() - start).toBeGreaterThanOrEqual(4)
  })

  it('sleep() rejects at once with the reason when its signal has aborted', async () => {
    const reason = new Error('gone')

    await expect(systemClock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason)
  })

  it('setTimer() with a negative time fires in the next turns', async () => {
    await expect(new Promise((resolve) => systemClock.setTimer(-5, () => resolve('fired')))).resolves.toBe(
      'fired',
    )
  })

  it('setTimer() beyond 2³¹−1 ms does not fire at once', async () => {
    let fired = 0
    const timer = systemClock.setTimer(2 ** 31 + 5_000, () => fired++, { ref: false })

    await turn(10)
    timer.cancel()

    expect(fired).toBe(0)
  })

  it('a cancelled timer does not fire, and may be cancelled again', async () => {
    let fired = 0
    const timer = systemClock.setTimer(0, () => fired++)

    timer.cancel()
    timer.cancel()
    await turn(5)

    expect(fired).toBe(0)
  })

  it('gives one list for one duration', () => {
    expect(systemClock.deadlines(1_234)).toBe(systemClock.deadlines(1_234))
    expect(systemClock.deadlines(1_234)).not.toBe(systemClock.deadlines(1_235))
  })
})

describe('systemClock.deadlines()', () => {
  it.each([1, 5, 12])('reaches a deadline of %i ms not early', async (ms) => {
    expect(await reachedAfter(ms)).toBeGreaterThanOrEqual(ms)
  })

  it.each([0, 1, 2, 3, 4, 6, 8])('is not early when armed %i ms after a tick', async (offset) => {
    const armed = new Promise<number>((resolve) => {
      const deadlineReached = (): void => {
        block(offset)
        resolve(reachedAfter(7))
      }
      systemClock.deadlines(1).arm(new Deadline({ deadlineReached }, 0))
    })

    expect(await armed).toBeGreaterThanOrEqual(7)
  })

  it('is not early when armed after the event loop was blocked', async () => {
    await reachedAfter(1)
    block(40)

    expect(await reachedAfter(10)).toBeGreaterThanOrEqual(10)
  })

  it('does not count the time in which the event loop was blocked', async () => {
    let reached = 0
    const deadline = new Deadline({ deadlineReached: () => reached++ }, 0)
    systemClock.deadlines(30).arm(deadline)

    block(60)
    await reachedAfter(1)
    const reachedAfterBlock = reached
    deadline.cancel()

    expect(reachedAfterBlock).toBe(0)
  })

  it('does not reach a deadline that was cancelled', async () => {
    const deadline = new Deadline({ deadlineReached: unexpected }, 0)
    systemClock.deadlines(2).arm(deadline)

    deadline.cancel()

    expect(await reachedAfter(4)).toBeGreaterThanOrEqual(4)
  })

  it('lets the ticker stop once nothing needs it, and starts it again', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    await turn(30)
    const atRest = timers()
    systemClock.coarseNow()
    await turn(30)
    const stoppedAgain = timers()

    const tookAgain = await reachedAfter(3)

    expect(stoppedAgain).toBe(atRest)
    expect(tookAgain).toBeGreaterThanOrEqual(3)
  })
})
