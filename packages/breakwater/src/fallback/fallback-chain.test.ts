import { expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { isTimeoutError } from '../timeout/timeout-errors.ts'
import { timeout } from '../timeout/timeout.ts'
import type { Failure } from './failure.ts'
import { fallback } from './fallback.ts'

const down = (): Promise<never> => Promise.reject(new Error('down'))

it('fallback() asks several handlers in order and tells each what those before it threw', async () => {
  const seen: unknown[] = []
  const replica = ({ error, previousErrors }: Failure): Promise<never> => {
    seen.push(String(error), [...previousErrors])
    return Promise.reject(new Error('replica'))
  }
  const shelf = ({ error, previousErrors }: Failure): string => {
    seen.push(String(error), previousErrors.map(String))
    return 'shelf'
  }

  expect(await pipeline({ policies: [fallback([replica, shelf])] }).run(down)).toBe('shelf')
  expect(seen).toEqual(['Error: down', [], 'Error: down', ['Error: replica']])
})

it('fallback() passes over the steps that do not answer for the error, and goes on outward when none does', async () => {
  const onlyTimeouts = { when: isTimeoutError, answer: () => 'late' }
  const chain = pipeline({ policies: [fallback([onlyTimeouts, { when: () => true, answer: () => 'any' }])] })
  const none = pipeline({ policies: [fallback([onlyTimeouts])] })

  expect(await chain.run(down)).toBe('any')
  await expect(none.run(down)).rejects.toThrow('down')
})

it('fallback() fails with what the last handler threw when none answers', async () => {
  const boom = (word: string) => (): never => {
    throw new Error(word)
  }
  const policy = fallback([boom('one'), boom('two')])

  await expect(pipeline({ policies: [policy] }).run(down)).rejects.toThrow('two')
  expect([policy.used, policy.failedToo]).toEqual([0, 2])
})

it('fallback() names the step in its events', async () => {
  const events: unknown[] = []
  const steps = [{ name: 'replica', answer: down }, () => 'shelf']
  const onEvent = ({ type, step }: { type: string; step: string }): void =>
    void events.push(`${type} ${step}`)
  await pipeline({ policies: [fallback(steps, { onEvent })] }).run(down)

  expect(events).toEqual(['FallbackFailed replica', 'FallbackUsed 2'])
})

it('fallback() aborts the signal of a handler that is too slow for a timeout outside, and disposes its late answer', async () => {
  const clock = new FakeClock()
  const discarded: unknown[] = []
  let aborted: unknown
  const slow = async ({ signal }: Failure): Promise<string> => {
    signal.addEventListener('abort', () => void (aborted = signal.reason))
    await clock.sleep(500)
    return 'late'
  }
  const policies = [timeout({ totalMs: 100 }), fallback(slow)]
  const call = pipeline({ policies, clock, dispose: (value) => discarded.push(value) }).tryRun(down)
  await clock.advance(600)

  expect(await call).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } })
  expect(aborted).toMatchObject({ code: 'TIMEOUT' })
  expect(discarded).toEqual(['late'])
})

it('fallback() makes no error of a refusal that nobody reads', async () => {
  let made = 0
  const toError = (): never => {
    made++
    throw new Error('must not be made')
  }
  const rejection = { code: 'CIRCUIT_OPEN', policy: 'p', retryAfterMs: undefined, toError }
  const refusing = { kind: 'gate', name: 'no', stats: () => ({ counters: {}, gauges: {} }) }
  const { gate } = await import('../pipeline/level.ts')
  const policies = [
    fallback(() => 'answer'),
    { ...refusing, compile: () => gate({ enter: () => rejection }) },
  ]

  expect(await pipeline({ policies }).run(() => 1)).toBe('answer')
  expect(made).toBe(0)
})

it('fallback() rejects handlers that are none by name', () => {
  expect(() => fallback([])).toThrow('its handler must be a function: current value is an empty list')
  expect(() => fallback([{ answer: 1 } as never])).toThrow(
    "'steps[0].answer' must be a function: current value is 1",
  )
  expect(() => fallback(7 as never)).toThrow('current value is 7')
})

it('fallback() alone answers for work that fails, under its own name', async () => {
  const policy = fallback(({ operation }) => `${operation} is away`, { name: 'stock' })

  const answers = [await policy.run(() => Promise.reject(new Error('down'))), await policy.run(() => 3)]

  expect(answers).toEqual(['stock is away', 3])
})
