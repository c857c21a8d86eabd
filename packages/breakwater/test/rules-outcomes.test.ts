import { describe, expect, it } from 'vitest'
import { retryBudget } from '../src/budget/retry-budget.ts'
import { bulkhead } from '../src/bulkhead/bulkhead.ts'
import { circuitBreaker } from '../src/circuit-breaker/circuit-breaker.ts'
import { fallback } from '../src/fallback/fallback.ts'
import { pipeline } from '../src/pipeline/pipeline.ts'
import { fixed } from '../src/retry/backoff.ts'
import { retry } from '../src/retry/retry.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'
import { isTimeoutError } from '../src/timeout/timeout-errors.ts'
import { timeout } from '../src/timeout/timeout.ts'

const broken = new Error('broken')

/** A listener that breaks its promise to be harmless. */
const throwing = (): never => {
  throw new Error('listener bug')
}

describe('observers', () => {
  it('Rule 8: a throwing listener of a fallback changes nothing', async () => {
    const line = pipeline({ policies: [fallback(() => 'degraded', { onEvent: throwing })] })

    expect(await line.run(() => Promise.reject(broken))).toBe('degraded')
  })

  it('Rule 8: a throwing listener of a bulkhead changes nothing', async () => {
    const slots = bulkhead({ limit: 1, onEvent: throwing })
    const permit = slots.tryAcquire()
    const line = pipeline({ policies: [slots] })

    const refused = await line.tryRun(() => 1)
    permit?.release()

    expect(refused.ok || refused.error).toMatchObject({ code: 'BULKHEAD_FULL' })
    expect(await line.run(() => 2)).toBe(2)
  })

  it('Rule 8: a throwing listener of a breaker stops no change of state', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({
      consecutiveFailures: 1,
      openMs: 10,
      jitter: 0,
      clock,
      onEvent: throwing,
    })
    const states: string[] = []
    breaker.tryAcquire()?.fail(broken)
    states.push(breaker.state)
    await clock.advance(10)
    const trial = breaker.tryAcquire()
    states.push(breaker.state)
    trial?.succeed()

    expect([...states, breaker.state]).toEqual(['open', 'half-open', 'closed'])
  })

  it('Rule 8: a listener after one that throws is still called', async () => {
    const seen: string[] = []
    const again = retry({ maxRetries: 0, onEvent: throwing })
    again.on(({ type }) => seen.push(type))

    await pipeline({ policies: [again] }).tryRun(() => Promise.reject(broken))

    expect(seen).toEqual(['RetriesExhausted'])
  })
})

describe('retry budget in a pipeline', () => {
  it('Rule 14: the budget is asked before the wait, and when it is spent the last error comes back at once', async () => {
    const clock = new FakeClock()
    const budget = retryBudget({ ratio: 0, minPerSecond: 1, windowMs: 1_000, clock })
    const types: string[] = []
    const again = retry({
      maxRetries: 10,
      backoff: fixed({ delayMs: 100 }),
      budget,
      onEvent: ({ type }) => types.push(type),
    })
    const errors = [new Error('first'), new Error('second')]
    let runs = 0
    const ended = pipeline({ policies: [again], clock }).tryRun(() => Promise.reject(errors[runs++]))

    await clock.advance(100)

    expect(await ended).toEqual({ ok: false, error: errors[1] })
    expect(types).toEqual(['RetryScheduled', 'RetryBudgetExhausted'])
    expect([again.budgetRefused, budget.granted, budget.refused]).toEqual([1, 1, 1])
    clock.expectIdle()
  })

  it('Rule 14: work that is not idempotent is tried again only when it never left', async () => {
    const clock = new FakeClock()
    const again = retry({ maxRetries: 1, backoff: fixed({ delayMs: 0 }) })
    const line = pipeline({ policies: [again], idempotent: false, clock })
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' })

    await line.tryRun(() => Promise.reject(refused))
    const retriesOfRefused = again.retries
    await line.tryRun(() => Promise.reject(reset))

    expect([retriesOfRefused, again.retries]).toEqual([1, 1])
  })
})

describe('work that settles late or oddly', () => {
  it('Rule 15: a rejection after the timeout is never unhandled', async () => {
    const clock = new FakeClock()
    const unhandled: unknown[] = []
    const note = (error: unknown): void => void unhandled.push(error)
    process.on('unhandledRejection', note)
    const policies = [
      timeout({ totalMs: 30 }),
      retry({ backoff: fixed({ delayMs: 0 }) }),
      timeout({ ms: 10 }),
    ]

    const ended = pipeline({ policies, clock }).tryRun(() =>
      clock.sleep(50).then(() => Promise.reject(broken)),
    )
    await clock.advance(500)
    const outcome = await ended
    await clock.settle()
    process.off('unhandledRejection', note)

    expect(!outcome.ok && isTimeoutError(outcome.error)).toBe(true)
    expect(unhandled).toEqual([])
  })

  it('Rule 15: a fallback that fails after the call was aborted is never unhandled', async () => {
    const clock = new FakeClock()
    const unhandled: unknown[] = []
    const note = (error: unknown): void => void unhandled.push(error)
    process.on('unhandledRejection', note)
    const late = fallback(() => clock.sleep(50).then(() => Promise.reject(new Error('fallback broke'))))
    const policies = [timeout({ totalMs: 10 }), late]

    const ended = pipeline({ policies, clock }).tryRun(() => Promise.reject(broken))
    await clock.advance(500)
    const outcome = await ended
    process.off('unhandledRejection', note)

    expect(!outcome.ok && isTimeoutError(outcome.error)).toBe(true)
    expect(unhandled).toEqual([])
  })

  it('Rule 15: a late result of an earlier attempt does not replace that of the attempt that counts', async () => {
    const clock = new FakeClock()
    const policies = [retry({ maxRetries: 1, backoff: fixed({ delayMs: 0 }) }), timeout({ ms: 10 })]
    const ended = pipeline({ policies, clock }).run(async ({ attempt }) => {
      await clock.sleep(attempt === 0 ? 15 : 9)
      return `attempt ${attempt}`
    })

    await clock.advance(100)

    expect(await ended).toBe('attempt 1')
  })

  it('Rule 15: a late result never reaches another call that uses the same call object again', async () => {
    const clock = new FakeClock()
    const line = pipeline({
      policies: [retry({ maxRetries: 1, backoff: fixed({ delayMs: 0 }) }), timeout({ ms: 10 })],
      clock,
    })
    const stubborn = (name: string) => async (): Promise<string> => {
      await clock.sleep(25)
      return name
    }
    const answers: unknown[] = []
    const note = (name: string) => (value: unknown) => void answers.push([name, value])
    for (let i = 0; i < 50; i++) {
      void line.run(stubborn(`late ${i}`)).then(note(`late ${i}`), () => undefined)
      await clock.advance(3)
      void line.run(() => `quick ${i}`).then(note(`quick ${i}`), () => undefined)
      await clock.advance(4)
    }
    await clock.advance(1_000)

    expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => [`quick ${i}`, `quick ${i}`]))
  })
})

describe('work of every make', () => {
  const value = { answer: 42 }
  const works: readonly [string, () => unknown, unknown][] = [
    ['returns a value at once', () => value, { ok: true, value }],
    ['returns undefined', () => undefined, { ok: true, value: undefined }],
    ['throws undefined', throws(undefined), { ok: false, error: undefined }],
    ['throws at once', throws(broken), { ok: false, error: broken }],
    ['returns a promise', () => Promise.resolve(value), { ok: true, value }],
    ['returns a promise of a promise', () => Promise.resolve(Promise.resolve(value)), { ok: true, value }],
    ['returns a thenable', () => thenable((resolve) => resolve(value)), { ok: true, value }],
    [
      'returns a thenable that rejects',
      () => thenable((_, reject) => reject(broken)),
      { ok: false, error: broken },
    ],
    ['returns a thenable that throws', () => thenable(throws(broken)), { ok: false, error: broken }],
    ['returns a thenable that calls back twice', () => thenable(twice), { ok: true, value: 'first' }],
    ['returns a thenable whose then cannot be read', () => unreadable, { ok: false, error: broken }],
    ['returns a promise subclass', () => new OddPromise((resolve) => resolve(value)), { ok: true, value }],
    ['returns a promise with a hostile then of its own', hostilePromise, { ok: true, value: 'real' }],
    [
      'returns a function with then',
      () => Object.assign(() => 1, { then: twice }),
      { ok: true, value: 'first' },
    ],
  ]

  it.each(works)('Rule 16: work that %s ends once as it should', async (_, work, expected) => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1 })
    const policies = [retry({ maxRetries: 0 }), circuitBreaker({ clock }), slots, timeout({ ms: 10 })]

    const outcome = await pipeline({ policies, clock }).tryRun(work)
    await clock.settle()

    expect(outcome).toEqual(expected)
    expect([slots.active, slots.admitted]).toEqual([0, 1])
    clock.expectIdle()
  })

  const asFollowed = works.filter(([name]) => !name.includes('hostile'))

  it.each(asFollowed)(
    'Rule 16: a fallback whose handler %s ends the call once',
    async (_, handler, expected) => {
      const clock = new FakeClock()
      const line = pipeline({ policies: [fallback(() => handler())], clock })

      const outcome = await line.tryRun(() => Promise.reject(new Error('original')))
      const next = await line.tryRun(() => 'next')

      expect(outcome).toEqual(expected)
      expect(next).toEqual({ ok: true, value: 'next' })
    },
  )
})

describe('work of a hostile make', () => {
  it('Rule 16: a fallback whose promise has a hostile then of its own ends the call once', async () => {
    const line = pipeline({ policies: [fallback(hostilePromise)] })

    const outcome = await line.tryRun(() => Promise.reject(broken))
    const next = await line.tryRun(() => 'next')

    expect([outcome, next]).toEqual([
      { ok: true, value: 'once' },
      { ok: true, value: 'next' },
    ])
  })
})

type Resolve = (value: unknown) => void

class OddPromise<T> extends Promise<T> {}

function throws(error: unknown): () => never {
  return () => {
    throw error
  }
}

function thenable(then: (resolve: Resolve, reject: Resolve) => void): object {
  return { then }
}

function twice(resolve: Resolve, reject: Resolve): void {
  resolve('first')
  resolve('second')
  reject(broken)
}

const unreadable: object = Object.defineProperty({}, 'then', { get: throws(broken) })

function hostilePromise(): object {
  const then = (resolve: Resolve): void => {
    resolve('once')
    resolve('twice')
  }
  return Object.assign(Promise.resolve('real'), { then })
}
