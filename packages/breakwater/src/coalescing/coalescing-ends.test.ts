import { describe, expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { fallback } from '../fallback/fallback.ts'
import { ResilienceError } from '../faults/resilience-error.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { DeadlineExceededError, TimeoutError } from '../timeout/timeout-errors.ts'
import { coalescing } from './coalescing.ts'

const late = new DeadlineExceededError('load', 'timeout')
const key = 'a'

describe('coalescing() of work that ends since no time is left to its own caller', () => {
  it.each([
    ['a refusal', late],
    [
      'a timeout',
      new TimeoutError({
        operation: 'load',
        policy: 'timeout',
        limitMs: 5,
        scope: 'attempt',
        boundBy: 'caller',
      }),
    ],
  ])('by %s further in lets another take over', async (_, error) => {
    const line = pipeline({ policies: [coalescing()], clock: new FakeClock() })
    const first = line.tryRun(() => Promise.reject(error), { key })
    const second = line.tryRun(() => 'of the second', { key })

    expect(await Promise.all([first, second])).toEqual([
      { ok: false, error },
      { ok: true, value: 'of the second' },
    ])
  })

  it.each([
    ['another error', Object.assign(new ResilienceError('own', { code: 'OWN' }), { boundBy: 'caller' })],
    ['a limit', new TimeoutError({ operation: 'load', policy: 'timeout', limitMs: 5, scope: 'attempt' })],
    ['no error of ours', Object.assign(new Error('x'), { code: 'DEADLINE_EXCEEDED' })],
  ])('but not of what ends by %s', async (_, error) => {
    const line = pipeline({ policies: [coalescing()], clock: new FakeClock() })
    const works = [() => Promise.reject(error), () => 'not run']
    const calls = works.map((work) => line.tryRun<unknown>(work, { key }))

    expect(await Promise.all(calls)).toEqual([1, 2].map(() => ({ ok: false, error })))
  })

  it('gives it to a call that the work itself has made', async () => {
    const line = pipeline({ policies: [coalescing()], clock: new FakeClock() })
    let nested: Promise<unknown> | undefined
    const first = line.tryRun(
      () => {
        nested = line.tryRun(() => 'not run', { key })
        throw late
      },
      { key },
    )

    expect(await Promise.all([first, nested])).toEqual([1, 2].map(() => ({ ok: false, error: late })))
  })

  it('begins anew for a call that is made as the only one ends', async () => {
    let again: Promise<unknown> | undefined
    const handler = (): string => {
      again ??= line.run(() => 'anew', { key })
      return 'instead'
    }
    const line = pipeline({ policies: [fallback(handler), coalescing()], clock: new FakeClock() })
    const first = line.run(() => Promise.reject(late), { key })

    expect([await first, await again]).toEqual(['instead', 'anew'])
  })

  it('does not forget a run that began as the last of the others was aborted', async () => {
    const clock = new FakeClock()
    const policy = coalescing()
    const gone = new AbortController()
    const anew: Promise<unknown>[] = []
    const handler = (): string => {
      gone.abort('gone')
      if (anew.length === 0) anew.push(line.run(() => clock.sleep(10).then(() => 'anew'), { key }))
      return 'instead'
    }
    const line = pipeline({ policies: [fallback(handler), policy], clock })
    const first = line.run(() => Promise.reject(late), { key })
    const second = line.tryRun(() => 'not run', { key, signal: gone.signal })
    await first
    anew.push(line.run(() => 'not run either', { key }))
    await clock.advance(10)

    expect(await Promise.all(anew)).toEqual(['anew', 'anew'])
    expect(await second).toEqual({ ok: false, error: 'gone' })
  })
})

it('coalescing() gives a refusal that has nothing to do with deadlines to all', async () => {
  const clock = new FakeClock()
  const slots = bulkhead({ limit: 1, queue: 5, maxWaitMs: 10, clock })
  const line = pipeline({ policies: [coalescing(), slots], clock })
  const permit = slots.tryAcquire()
  const calls = [1, 2, 3].map(async () => {
    const outcome = await line.tryRun(() => 'not run', { key })
    return [outcome.ok, clock.now()]
  })
  await clock.advance(100)
  permit?.release()

  expect(await Promise.all(calls)).toEqual([1, 2, 3].map(() => [false, 10]))
})
