import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { Deadline } from '../clock/deadline.ts'
import { FakeClock } from './fake-clock.ts'

describe('FakeClock', () => {
  it('stands still until it is told to go on', () => {
    const clock = new FakeClock({ epochMs: 1_000 })

    expect([clock.now(), clock.coarseNow(), clock.epochNow()]).toEqual([0, 0, 1_000])
  })

  it('advance() fires timers in order of their times, those of one time in order of setting', async () => {
    const clock = new FakeClock()
    const fired: [string, number][] = []
    const note = (name: string) => () => void fired.push([name, clock.now()])
    clock.setTimer(20, note('late'))
    clock.setTimer(10, note('first'))
    clock.setTimer(10, note('second'))

    await clock.advance(25)

    expect(fired).toEqual([
      ['first', 10],
      ['second', 10],
      ['late', 20],
    ])
    expect(clock.now()).toBe(25)
  })

  it.each([
    [9, 0],
    [10, 1],
    [11, 1],
  ])('advance(%i) fires a timer of 10 ms %i times', async (ms, times) => {
    const clock = new FakeClock()
    let fired = 0
    clock.setTimer(10, () => fired++)

    await clock.advance(ms)

    expect(fired).toBe(times)
  })

  it('lets promises continue after each timer: what they set in turn fires on time', async () => {
    const clock = new FakeClock()
    const wakings: number[] = []
    const loop = async (): Promise<void> => {
      for (let i = 0; i < 3; i++) {
        await clock.sleep(10)
        await Promise.resolve()
        wakings.push(clock.now())
      }
    }
    const done = loop()
    clock.setTimer(15, () => wakings.push(-clock.now()))

    await clock.advance(30)
    await done

    expect(wakings).toEqual([10, -15, 20, 30])
  })

  it('advance(0) fires what is due now and lets promises continue', async () => {
    const clock = new FakeClock()
    const seen: string[] = []
    clock.setTimer(0, () => seen.push('timer'))
    void Promise.resolve().then(() => seen.push('promise'))

    await clock.advance(0)

    expect(seen).toEqual(['promise', 'timer'])
    expect(clock.now()).toBe(0)
  })

  it.each([-1, NaN, Infinity])('advance(%d) throws', async (ms) => {
    await expect(new FakeClock().advance(ms)).rejects.toThrow(
      `'ms' must be a finite number >= 0: current value is ${ms}`,
    )
  })

  it('a timer with a negative time is due at once', async () => {
    const clock = new FakeClock()
    let firedAt = -1
    await clock.advance(5)
    clock.setTimer(-100, () => (firedAt = clock.now()))

    await clock.settle()

    expect(firedAt).toBe(5)
  })

  it('a cancelled timer does not fire', async () => {
    const clock = new FakeClock()
    let fired = 0
    clock.setTimer(10, () => fired++).cancel()

    await clock.advance(10)

    expect(fired).toBe(0)
  })

  it('stepWallClock() moves epoch time only', async () => {
    const clock = new FakeClock({ epochMs: 10_000 })

    clock.stepWallClock(-3_000)
    await clock.advance(5)

    expect([clock.now(), clock.epochNow()]).toEqual([5, 7_005])
  })

  it('sleep() rejects with the reason as soon as its signal aborts, and leaves neither timer nor listener', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const reason = new Error('gone')
    const asleep = clock.sleep(1_000, caller.signal).catch((error: unknown) => error)

    caller.abort(reason)

    expect(await asleep).toBe(reason)
    expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0)
    clock.expectIdle()
  })

  it('sleep() leaves no listener when it ends by itself', async () => {
    const clock = new FakeClock()
    const { signal } = new AbortController()
    const asleep = clock.sleep(10, signal)

    await clock.advance(10)
    await asleep

    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('deadlines() are reached exactly on time and in order with timers', async () => {
    const clock = new FakeClock()
    const order: string[] = []
    const reach = (name: string): Deadline =>
      new Deadline({ deadlineReached: () => order.push(`${name} ${clock.now()}`) }, 0)
    clock.deadlines(20).arm(reach('deadline'))
    await clock.advance(5)
    clock.deadlines(20).arm(reach('later'))
    clock.setTimer(16, () => order.push(`timer ${clock.now()}`))

    await clock.advance(50)

    expect(order).toEqual(['deadline 20', 'timer 21', 'later 25'])
  })

  it('pending() lists timers and deadlines, soonest first, without those that were cancelled', async () => {
    const clock = new FakeClock()
    const nobody = { deadlineReached: () => undefined }
    const cancelled = new Deadline(nobody, 0)
    clock.setTimer(30, () => undefined)
    clock.setTimer(40, () => undefined).cancel()
    clock.deadlines(100).arm(cancelled)
    await clock.advance(10)
    cancelled.cancel()
    clock.deadlines(100).arm(new Deadline(nobody, 0))
    clock.deadlines(7).arm(new Deadline(nobody, 0))

    expect(clock.pending()).toEqual([7, 20, 100])
  })

  it('expectIdle() fails while something waits, and says how far off it is', async () => {
    const clock = new FakeClock()
    void clock.sleep(25)

    expect(() => clock.expectIdle()).toThrow('Expected nothing to wait for the clock, but due in ms: 25')
    await clock.advance(25)
    expect(() => clock.expectIdle()).not.toThrow()
  })
})
