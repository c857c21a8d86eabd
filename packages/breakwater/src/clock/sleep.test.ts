import { getEventListeners } from 'node:events'
import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { sleepOn } from './sleep.ts'

it('sleepOn() resolves when its time is over, not before', async () => {
  const clock = new FakeClock()
  let isOver = false
  void sleepOn(clock, 100).then(() => (isOver = true))
  await clock.advance(99)
  const before = isOver
  await clock.advance(1)

  expect([before, isOver]).toEqual([false, true])
})

it('sleepOn() ends at an abort with its reason, and leaves neither timer nor listener', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const sleeping = sleepOn(clock, 100, controller.signal).catch((reason: unknown) => reason)
  controller.abort('enough')

  expect(await sleeping).toBe('enough')
  expect(clock.pending()).toEqual([])
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
})

it('sleepOn() with a signal that has aborted rejects at once, without a timer', async () => {
  const clock = new FakeClock()
  const signal = AbortSignal.abort('gone')

  await expect(sleepOn(clock, 100, signal)).rejects.toBe('gone')
  expect(clock.pending()).toEqual([])
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})

it('sleepOn() leaves no listener when it has slept', async () => {
  const clock = new FakeClock()
  const { signal } = new AbortController()
  const sleeping = sleepOn(clock, 100, signal)
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  await clock.advance(100)
  await sleeping

  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})
