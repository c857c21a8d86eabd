import { describe, expect, it } from 'vitest'
import { cache } from '../cache/cache.ts'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import type { Policy } from '../pipeline/policy.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { fixed } from './backoff.ts'
import type { RetryEvent } from './retry-events.ts'
import type { RetryOptions } from './retry-options.ts'
import { retry } from './retry.ts'

const broken = new Error('broken')
const everyTenth = { maxRetries: 9, backoff: fixed({ delayMs: 100 }) }

interface Setting extends RetryOptions {
  readonly inner?: (clock: FakeClock) => Policy
}

/** A call whose caller waits as long as `left` says, and whose work always fails: when it was tried, and what a listener heard. */
async function attemptsWith(left: (now: number) => number | undefined, { inner, ...options }: Setting) {
  const clock = new FakeClock()
  const events: RetryEvent[] = []
  const times: number[] = []
  const again = retry({ ...everyTenth, ...options, onEvent: (event) => events.push(event) })
  const policies = inner === undefined ? [again] : [again, inner(clock)]
  const line = pipeline({ policies, clock, remainingMs: () => left(clock.now()) })
  const ended = line.tryRun(() => {
    times.push(clock.now())
    throw broken
  })
  await clock.advance(10_000)
  await ended
  return { times, last: events.at(-1) }
}

describe('retry() in a pipeline that knows what is left to the caller', () => {
  it.each([
    [199, [0, 100]],
    [200, [0, 100, 200]],
  ])('begins no wait that would end later: with %i ms it tries at %o', async (leftMs, expected) => {
    const { times, last } = await attemptsWith((now) => leftMs - now, {})

    expect(times).toEqual(expected)
    expect(last).toMatchObject({ type: 'RetryTimeExhausted', delayMs: 100, leftMs: leftMs % 100 })
  })

  it.each([
    ['its own total', 150, 10_000],
    ['the caller', 10_000, 150],
  ])('keeps to whichever is less: %s', async (_, totalMs, leftMs) => {
    const { times } = await attemptsWith((now) => leftMs - now, { totalMs })

    expect(times).toEqual([0, 100])
  })

  it.each([
    ['is NaN', (now: number) => (now === 0 ? 1_000 : NaN)],
    ['is not known any more', (now: number) => (now === 0 ? 1_000 : undefined)],
    [
      'fails',
      (now: number) => {
        if (now > 0) throw new Error('bug')
        return 1_000
      },
    ],
  ])('tries as if nobody knew when what is left %s', async (_, left) => {
    const { times } = await attemptsWith(left, { maxRetries: 2 })

    expect(times).toEqual([0, 100, 200])
  })

  it.each([
    ['does not wait for an open breaker', {}, [0]],
    ['waits for one when it has a limit of its own', { totalMs: 3_000 }, [0, 1_100]],
  ])('%s', async (_, options, expected) => {
    const inner = (clock: FakeClock): Policy =>
      circuitBreaker({ consecutiveFailures: 1, openMs: 1_000, jitter: 0, clock })
    const { times } = await attemptsWith((now) => 4_000 - now, { ...options, inner })

    expect(times).toEqual(expected)
  })

  it('does not stop behind an answer that the caller has got', async () => {
    const clock = new FakeClock()
    const caller: { leftMs?: number } = {}
    const answers = cache({ ttlMs: 10, staleWhileRevalidateMs: 1_000, keyOf: () => 'a' })
    const line = pipeline({ policies: [answers, retry(everyTenth)], clock, remainingMs: () => caller.leftMs })
    await line.run(() => 'old')
    await clock.advance(20)
    caller.leftMs = 50
    await line.run(({ attempt }) => (attempt < 3 ? Promise.reject(broken) : 'new'))
    await clock.advance(1_000)

    expect(answers.peek('unnamed', 'a')?.value).toBe('new')
  })
})
