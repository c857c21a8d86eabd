import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { fixed } from './backoff.ts'
import type { RetryEvent } from './retry-events.ts'
import type { RetryLevel } from './retry-limits.ts'
import type { RetryPreparation, RetryRule } from './retry-rule.ts'
import { retry } from './retry.ts'

const broken = new Error('broken')

function prepared(join: RetryPreparation['join']): RetryRule {
  return {
    name: 'prepared',
    matches: () => true,
    maxRetries: 1,
    backoff: fixed({ delayMs: 10 }),
    preparation: { doneAt: -Infinity, join },
  }
}

describe('retry() and preparations of the application', () => {
  it('one that fails at once ends the call with its own error', async () => {
    const clock = new FakeClock()
    const events: RetryEvent[] = []
    const failure = new Error('no')
    const rule = prepared((_, done) => {
      done({ error: failure })
      return () => undefined
    })
    const policy = retry({ rules: [rule], onEvent: (event) => events.push(event) })

    const outcome = await pipeline({ policies: [policy], clock }).tryRun(() => Promise.reject(broken))

    expect(outcome).toEqual({ ok: false, error: broken })
    expect(events.map(({ type }) => type)).toEqual(['RetryScheduled', 'RetryPreparationFailed'])
    clock.expectIdle()
  })

  it('one that succeeds at once leads to the retry', async () => {
    const clock = new FakeClock()
    const rule = prepared((_, done) => {
      done(undefined)
      return () => undefined
    })
    const ended = pipeline({ policies: [retry({ rules: [rule] })], clock }).run(({ attempt }) => {
      if (attempt === 0) throw broken
      return clock.now()
    })

    await clock.advance(10)

    expect(await ended).toBe(10)
  })

  it('one that throws ends the call with what it threw', async () => {
    const clock = new FakeClock()
    const bug = new Error('bug')
    const rule = prepared(() => {
      throw bug
    })

    const outcome = await pipeline({ policies: [retry({ rules: [rule] })], clock }).tryRun(() =>
      Promise.reject(broken),
    )

    expect(outcome).toEqual({ ok: false, error: bug })
    clock.expectIdle()
  })
})

describe('retry() and callers that leave while it decides', () => {
  it('a listener that aborts the call ends it before the wait', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    let attempts = 0
    const policy = retry({ onEvent: () => caller.abort('enough'), backoff: fixed({ delayMs: 50 }) })
    const line = pipeline({ policies: [policy], clock })
    const fail = (): never => {
      attempts++
      throw broken
    }

    const outcome = await line.tryRun(fail, { signal: caller.signal })

    expect([outcome, attempts]).toEqual([{ ok: false, error: 'enough' }, 1])
    clock.expectIdle()
  })
})

describe('retry() and levels that it does not know', () => {
  it.each(['panic', 'toString'])('takes %s for normal', async (level) => {
    let attempts = 0
    const policy = retry({ backoff: fixed({ delayMs: 0 }), level: () => level as RetryLevel })

    await pipeline({ policies: [policy] }).tryRun(() => {
      attempts++
      throw broken
    })

    expect(attempts).toBe(3)
  })
})

describe('retry() options', () => {
  it('lists are copied: what changes later changes nothing', async () => {
    const nonRetryableErrors = ['Error']
    const policy = retry({ nonRetryableErrors, backoff: fixed({ delayMs: 0 }) })
    nonRetryableErrors.length = 0

    await policy.run(() => Promise.reject(broken)).catch(() => undefined)

    expect(policy.retries).toBe(0)
  })
})
