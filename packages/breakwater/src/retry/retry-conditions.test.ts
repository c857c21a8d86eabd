import { describe, expect, it } from 'vitest'
import type { Criticality } from '../pipeline/call-context.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { fixed } from './backoff.ts'
import type { RetryAllowance } from './retry-allowance.ts'
import type { RetryEvent } from './retry-events.ts'
import type { RetryLevel } from './retry-limits.ts'
import type { RecoverySignal, RetryOptions } from './retry-options.ts'
import { retry } from './retry.ts'
import { transientErrors } from './transient-errors.ts'

const none = fixed({ delayMs: 0 })
const broken = new Error('broken')

async function attemptsOf(options: RetryOptions, criticality?: Criticality, error = broken): Promise<number> {
  let attempts = 0
  const fail = (): never => {
    attempts++
    throw error
  }
  const line = pipeline({ policies: [retry({ backoff: none, ...options })] })
  await line.tryRun(fail, criticality === undefined ? {} : { criticality })
  return attempts
}

/** A recovery that a test announces. */
class Recovery implements RecoverySignal {
  readonly listeners = new Set<() => void>()

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  announce(): void {
    for (const listener of this.listeners) listener()
  }
}

describe('retry() by criticality', () => {
  const byCriticality = { low: 0, critical: 5 } as const

  it.each([
    ['low', 1],
    ['normal', 3],
    ['high', 3],
    ['critical', 6],
  ] as const)('a call of criticality %s is tried %i times', async (criticality, expected) => {
    expect(await attemptsOf({ byCriticality }, criticality)).toBe(expected)
  })

  it('a call that says nothing is normal', async () => {
    expect(await attemptsOf({ byCriticality: { normal: 1 } })).toBe(2)
  })

  it('holds above what rules allow, and never adds to it', async () => {
    const rules = [{ ...transientErrors({ maxRetries: 3 }), backoff: none }]
    const error = Object.assign(new Error('down'), { status: 503 })

    expect(await attemptsOf({ rules, byCriticality }, 'low', error)).toBe(1)
    expect(await attemptsOf({ rules, byCriticality }, 'critical', error)).toBe(4)
  })
})

describe('retry() by level', () => {
  it.each([
    ['normal', 0, 0],
    ['normal', 5, 5],
    ['degraded', 5, 3],
    ['degraded', 4, 2],
    ['degraded', 1, 1],
    ['minimal', 5, 1],
    ['minimal', 0, 0],
    ['emergency', 5, 0],
  ] as const)('at level %s, %i retries become %i', async (level, maxRetries, expected) => {
    expect(await attemptsOf({ maxRetries, level: () => level })).toBe(expected + 1)
  })

  it('asks anew at each failure', async () => {
    const levels: RetryLevel[] = ['normal', 'normal', 'emergency']

    expect(await attemptsOf({ maxRetries: 5, level: () => levels.shift() ?? 'normal' })).toBe(3)
  })
})

describe('retry() after a recovery', () => {
  function waiting(options: RetryOptions, count = 1) {
    const clock = new FakeClock()
    const recovered = new Recovery()
    const events: RetryEvent[] = []
    const again = retry({ recovered, onEvent: (event) => events.push(event), ...options })
    const line = pipeline({ policies: [again], clock, random: seededRandom(1) })
    const times: number[] = []
    for (let i = 0; i < count; i++)
      void line.run(({ attempt }) => {
        if (attempt === 0) throw broken
        times.push(clock.now())
      })
    return { clock, recovered, events, times }
  }

  it('ends the backoff within the spread, and no two callers together', async () => {
    const { clock, recovered, times } = waiting({ backoff: fixed({ delayMs: 20_000 }) }, 100)
    await clock.advance(5_000)

    recovered.announce()
    await clock.advance(1_000)

    expect(times).toHaveLength(100)
    expect(Math.min(...times)).toBeGreaterThanOrEqual(5_000)
    expect(new Set(times).size).toBe(100)
    expect([recovered.listeners.size, clock.pending()]).toEqual([0, []])
  })

  it('makes no wait longer', async () => {
    const { clock, recovered, times } = waiting({ backoff: fixed({ delayMs: 1_000 }) })
    await clock.advance(999)

    recovered.announce()
    await clock.advance(1)

    expect(times).toHaveLength(1)
  })

  it('reports it, once for each wait', async () => {
    const { clock, recovered, events } = waiting({
      backoff: fixed({ delayMs: 20_000 }),
      recoverySpreadMs: 10,
    })
    await clock.advance(100)

    recovered.announce()
    recovered.announce()
    await clock.advance(10)

    expect(events.map(({ type }) => type)).toEqual(['RetryScheduled', 'RetryHastened'])
  })

  it('does not come back earlier than the dependency asked for', async () => {
    const clock = new FakeClock()
    const recovered = new Recovery()
    const line = pipeline({ policies: [retry({ recovered })], clock })
    const ended = line.run(({ attempt }) => {
      if (attempt === 0) throw Object.assign(new Error('busy'), { retryAfterMs: 20_000 })
      return clock.now()
    })
    await clock.settle()

    recovered.announce()
    await clock.advance(20_000)

    expect(await ended).toBe(20_000)
  })

  it('leaves no listener behind after an abort', async () => {
    const clock = new FakeClock()
    const recovered = new Recovery()
    const caller = new AbortController()
    const line = pipeline({ policies: [retry({ recovered, backoff: fixed({ delayMs: 100 }) })], clock })
    const ended = line.run(() => Promise.reject(broken), { signal: caller.signal }).catch(() => undefined)
    await clock.settle()
    const during = recovered.listeners.size

    caller.abort()
    await ended

    expect([during, recovered.listeners.size]).toEqual([1, 0])
    clock.expectIdle()
  })

  it('a signal that cannot be listened to changes nothing', async () => {
    const recovered = {
      subscribe: () => {
        throw new Error('broken signal')
      },
    }

    expect(await attemptsOf({ recovered })).toBe(3)
  })
})

describe('retry() and a budget that lives from outcomes', () => {
  function noted(): { budget: RetryAllowance; notes: unknown[] } {
    const notes: unknown[] = []
    const budget: RetryAllowance = {
      deposit: () => void notes.push('deposit'),
      tryWithdraw: (added) => notes.push(added) > 0,
      succeeded: (added) => void notes.push(['succeeded', added]),
      failed: () => void notes.push('failed'),
    }
    return { budget, notes }
  }

  it('is told of a success without a retry', async () => {
    const { budget, notes } = noted()

    await retry({ budget }).run(() => 'fine')

    expect(notes).toEqual(['deposit', ['succeeded', undefined]])
  })

  it('is told of each failure, and what the last retry was for', async () => {
    const { budget, notes } = noted()
    const errors = [broken, Object.assign(new Error('late'), { name: 'TimeoutError' })]

    await retry({ budget, backoff: none }).run(() => {
      const error = errors.shift()
      if (error !== undefined) throw error
    })

    expect(notes).toEqual(['deposit', 'failed', 'failure', 'failed', 'timeout', ['succeeded', 'timeout']])
  })

  it('is not told of failures that are not retried', async () => {
    const { budget, notes } = noted()

    await retry({ budget, retryOn: () => false })
      .run(() => Promise.reject(broken))
      .catch(() => undefined)

    expect(notes).toEqual(['deposit'])
  })
})
