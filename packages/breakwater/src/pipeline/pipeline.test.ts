import { describe, expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { fallback } from '../fallback/fallback.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import type { CallContext } from './call-context.ts'
import type { CallObserver } from './call-observer.ts'
import { failed, type OutcomeKind, rejected, succeeded } from './outcome.ts'
import { pipeline } from './pipeline.ts'

const broken = new Error('broken')

/** An observer that writes down what it is told. */
function recorder(): {
  observer: CallObserver
  ended: [OutcomeKind, number, string | undefined][]
  failures: unknown[]
} {
  const ended: [OutcomeKind, number, string | undefined][] = []
  const failures: unknown[] = []
  const observer: CallObserver = {
    callStarted: () => 0,
    callEnded: ({ attemptsMade, sparedBy }, _, kind) => void ended.push([kind, attemptsMade, sparedBy]),
    attemptFailed: (_, error) => void failures.push(error),
  }
  return { observer, ended, failures }
}

describe('pipeline()', () => {
  it('without policies gives what the work gives', async () => {
    const line = pipeline({ policies: [] })

    expect(await line.run(() => 'fine')).toBe('fine')
    expect(await line.tryRun(() => Promise.reject(broken))).toEqual({ ok: false, error: broken })
  })

  it('run() never throws at once: what the work throws is a rejection', async () => {
    const promise = pipeline({ policies: [] }).run(() => {
      throw broken
    })

    await expect(promise).rejects.toBe(broken)
  })

  it('gives the work its operation, attempt, arguments and signal', async () => {
    const contexts: CallContext[] = []
    const line = pipeline({
      operation: 'charge',
      policies: [retry({ maxRetries: 1, backoff: fixed({ delayMs: 0 }) })],
    })
    const work = (context: CallContext): Promise<never> => {
      contexts.push(context)
      return Promise.reject(broken)
    }

    await line.tryRun(work, { args: ['order-1'] })

    expect(contexts).toMatchObject([
      { operation: 'charge', attempt: 0, args: ['order-1'], signal: { aborted: false } },
      { operation: 'charge', attempt: 1, args: ['order-1'], signal: { aborted: false } },
    ])
  })

  it('a context that the work keeps stays as it was when the call object is used again', async () => {
    const contexts: CallContext[] = []
    const line = pipeline({ policies: [] })
    await line.run((context) => contexts.push(context), { args: ['first'] })

    await line.run((context) => contexts.push(context), { args: ['second'] })

    expect(contexts.map(({ args }) => args)).toEqual([['first'], ['second']])
  })

  it('the signal is made when it is read, also after the abort', async () => {
    const clock = new FakeClock()
    const contexts: CallContext[] = []
    const work = (context: CallContext): Promise<void> => {
      contexts.push(context)
      return clock.sleep(100)
    }
    const ended = pipeline({ policies: [timeout({ ms: 10 })], clock }).tryRun(work)
    await clock.advance(100)
    await ended

    expect(contexts).toMatchObject([{ signal: { aborted: true, reason: { code: 'TIMEOUT' } } }])
  })

  it('wrap() passes arguments, this and result', async () => {
    const account = {
      rate: 2,
      pay: pipeline({ policies: [retry()] }).wrap(function (
        this: { rate: number },
        amount: number,
        note: string,
      ) {
        return `${this.rate * amount} ${note}`
      }),
    }

    expect(await account.pay(21, 'EUR')).toBe('42 EUR')
  })

  it('makes the error of a refusal once, when it is looked at', async () => {
    const slots = bulkhead({ limit: 1 })
    slots.tryAcquire()

    const outcome = await pipeline({ policies: [slots] }).tryRun(() => 1)

    expect(!outcome.ok && outcome.rejection?.code).toBe('BULKHEAD_FULL')
    expect(!outcome.ok && outcome.error).toBe(!outcome.ok && outcome.error)
  })

  it('the same policy may stand in several pipelines and counts for all', async () => {
    const slots = bulkhead({ limit: 5 })
    const lines = [pipeline({ policies: [slots] }), pipeline({ policies: [slots, retry()] })]

    await Promise.all(lines.map((line) => line.run(() => 1)))

    expect(slots.admitted).toBe(2)
  })

  it('an observer is told of success, failure, refusal, and who spared the caller', async () => {
    const { observer, ended, failures } = recorder()
    const slots = bulkhead({ limit: 1 })
    const backoff = fixed({ delayMs: 0 })
    await pipeline({ policies: [], observer }).run(() => 1)
    await pipeline({ policies: [], observer }).tryRun(() => Promise.reject(broken))
    await pipeline({ policies: [retry({ backoff })], observer }).run(({ attempt }) =>
      attempt === 0 ? Promise.reject(broken) : 1,
    )
    await pipeline({ policies: [fallback(() => 1)], observer }).run(() => Promise.reject(broken))
    slots.tryAcquire()
    await pipeline({ policies: [slots], observer }).tryRun(() => 1)

    expect(ended).toEqual([
      [succeeded, 1, undefined],
      [failed, 1, undefined],
      [succeeded, 2, 'retry'],
      [succeeded, 1, 'fallback'],
      [rejected, 0, undefined],
    ])
    expect(failures).toEqual([broken, broken, broken])
  })

  it('an observer is told of an attempt that timed out once, although its work fails later', async () => {
    const clock = new FakeClock()
    const { observer, ended, failures } = recorder()
    const line = pipeline({ policies: [timeout({ ms: 10 })], clock, observer })
    const call = line.tryRun(() => clock.sleep(50).then(() => Promise.reject(broken)))

    await clock.advance(100)
    await call

    expect(ended).toEqual([[failed, 1, undefined]])
    expect(failures).toMatchObject([{ code: 'TIMEOUT' }])
  })
})
