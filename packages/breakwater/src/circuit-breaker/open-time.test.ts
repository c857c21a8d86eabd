import { describe, expect, it } from 'vitest'
import { exponential } from '../retry/backoff.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'

const broken = new Error('broken')

/** The open times of a breaker whose trials fail. */
async function openTimes(count: number, options: CircuitBreakerOptions): Promise<readonly number[]> {
  const clock = new FakeClock()
  const times: number[] = []
  const breaker = circuitBreaker({ consecutiveFailures: 1, clock, ...options })
  breaker.on((event) => {
    if (event.type === 'CircuitOpened') times.push(event.openMs)
  })
  for (let i = 0; i < count; i++) {
    breaker.recordFailure(broken)
    await clock.advance(times.at(-1) ?? 0)
  }
  return times
}

describe('circuitBreaker({ openMs })', () => {
  it('asks a rule at each opening, with 1 for the first', async () => {
    expect(await openTimes(3, { openMs: (opening) => opening * 10 })).toEqual([10, 20, 30])
  })

  it('starts over after the circuit was closed', async () => {
    const asked: number[] = []
    const openMs = (opening: number): number => asked.push(opening)
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs, clock: new FakeClock() })
    breaker.recordFailure(broken)
    breaker.reset()

    breaker.recordFailure(broken)

    expect(asked).toEqual([1, 1])
  })

  it('takes a backoff, whose jitter is its own', async () => {
    const openMs = exponential({ initialMs: 100, maxMs: 300, jitter: 'none' })

    expect(await openTimes(4, { openMs })).toEqual([100, 200, 300, 300])
  })

  it('tells a backoff what it gave before', async () => {
    const delayMs = (_: number, __: unknown, previousMs: number): number => previousMs + 7

    expect(await openTimes(3, { openMs: { delayMs } })).toEqual([7, 14, 21])
  })

  it.each([
    ['NaN', () => NaN],
    ['a negative number', () => -1],
    ['Infinity', () => Infinity],
    ['a text', () => '100' as unknown as number],
    [
      'an error',
      () => {
        throw new Error('rule bug')
      },
    ],
  ])('a rule that gives %s means the longest open time', async (_, openMs) => {
    expect(await openTimes(1, { openMs, maxOpenMs: 500 })).toEqual([500])
  })

  it('spreads what a rule gives only when asked to', async () => {
    const random = { next: () => 1 }

    const plain = await openTimes(1, { openMs: () => 100, random })
    const spread = await openTimes(1, { openMs: () => 100, jitter: 0.5, random })

    expect([plain, spread]).toEqual([[100], [150]])
  })

  it('caps before it spreads, so that instances do not meet at the cap', async () => {
    const random = { next: () => 1 }

    expect(await openTimes(3, { openMs: 100, maxOpenMs: 200, jitter: 0.5, random })).toEqual([150, 300, 300])
  })
})
