import { describe, expect, it, vi } from 'vitest'
import type { RetryBudget } from '../budget/retry-budget.ts'
import { ResilienceError } from '../faults/resilience-error.ts'
import { hedge } from '../hedge/hedge.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { rateLimiter } from '../rate-limiter/rate-limiter.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { authentication } from './authentication.ts'
import { fixed } from './backoff.ts'
import { refusalIn } from './refusal.ts'
import type { RetryPreparation, RetryRule } from './retry-rule.ts'
import { retry } from './retry.ts'

const broken = new Error('broken')
const denied = Object.assign(new Error('denied'), { status: 401 })
const atOnce = fixed({ delayMs: 0 })

type Done = Parameters<RetryPreparation['join']>[1]

/** A rule of the application's own, which prepares a retry in `join`. */
function preparing(join: RetryPreparation['join'], delayMs = 10): RetryRule {
  const preparation = { doneAt: -Infinity, join }
  return { name: 'own', matches: () => true, maxRetries: 3, backoff: fixed({ delayMs }), preparation }
}

/** Work that fails under that rule; how often it ran, and whether the call has ended. */
function scene(join: RetryPreparation['join'], signal?: AbortSignal) {
  const clock = new FakeClock()
  const work = vi.fn(() => Promise.reject(broken))
  const line = pipeline({ policies: [retry({ rules: [preparing(join)] })], clock })
  return { clock, work, ended: line.tryRun(work, signal === undefined ? {} : { signal }) }
}

describe('retry() with a preparation of the application', () => {
  it('that throws once it has said that it is done does not try again', async () => {
    const { clock, work, ended } = scene((_, done: Done) => {
      done(undefined)
      throw new Error('bug')
    })

    expect(await ended).toMatchObject({ ok: false, error: { message: 'bug' } })
    expect(work).toHaveBeenCalledTimes(1)
    clock.expectIdle()
  })

  it('that fails at once leaves it', async () => {
    const leave = vi.fn()
    const { work, ended } = scene((_, done: Done) => {
      done({ error: 'no token' })
      return leave
    })

    expect(await ended).toEqual({ ok: false, error: broken })
    expect([work.mock.calls.length, leave.mock.calls.length]).toEqual([1, 1])
  })

  it('that is done when the call has gone sets no timer', async () => {
    const gone = new AbortController()
    let end: Done | undefined
    const { clock, work, ended } = scene((_, done) => {
      end = done
      return () => undefined
    }, gone.signal)
    await clock.settle()
    gone.abort('gone')
    end?.(undefined)

    clock.expectIdle()
    expect([await ended, work.mock.calls.length]).toEqual([{ ok: false, error: 'gone' }, 1])
  })
})

it('a refresh that others have begun goes on when a call that waited for the one before is done waiting', async () => {
  const clock = new FakeClock()
  const refresh = (): Promise<void> => clock.sleep(20)
  const rule = authentication({ refresh, initialMs: 100, jitter: 'none' })
  const line = pipeline({ policies: [retry({ rules: [rule] })], clock })
  const call = () =>
    line.tryRun(({ attempt }) => (attempt > 0 ? `again at ${clock.now()}` : Promise.reject(denied)))
  const first = call()
  await clock.advance(90)
  const second = call()
  await clock.advance(1_000)

  expect(await Promise.all([first, second])).toEqual([
    { ok: true, value: 'again at 100' },
    { ok: true, value: 'again at 190' },
  ])
})

it('retry() starts nothing again when a listener aborts the call as it is told of a retry at once', async () => {
  const clock = new FakeClock()
  const gone = new AbortController()
  const policy = retry({ backoff: atOnce, onEvent: () => gone.abort('gone') })
  const work = vi.fn(() => Promise.reject(broken))
  const ended = pipeline({ policies: [policy], clock }).tryRun(work, { signal: gone.signal })
  await clock.settle()

  expect([await ended, work.mock.calls.length]).toEqual([{ ok: false, error: 'gone' }, 1])
  expect(policy.retries).toBe(0)
})

it('retry() is not asked about a call that was aborted inside a race', async () => {
  const clock = new FakeClock()
  const gone = new AbortController()
  const onEvent = vi.fn()
  const keyOf = (): string => {
    gone.abort(new Error('gone'))
    return 'a'
  }
  const policies = [
    retry({ backoff: atOnce, onEvent }),
    hedge({ delay: 10 }),
    rateLimiter({ limit: 1, intervalMs: 1_000, keyOf, clock }),
  ]
  const ended = pipeline({ policies, clock }).tryRun(() => 'not run', { signal: gone.signal })

  expect(await ended).toMatchObject({ ok: false, error: { message: 'gone' } })
  expect(onEvent).not.toHaveBeenCalled()
})

it('retry() is named as what has spared a call, for those who count', async () => {
  const clock = new FakeClock()
  const seen: unknown[] = []
  const observer = {
    callStarted: () => 0,
    callEnded: ({ sparedBy, attemptsMade }: { sparedBy: unknown; attemptsMade: number }) =>
      void seen.push(sparedBy, attemptsMade),
    attemptFailed: () => undefined,
  }
  const line = pipeline({ policies: [retry({ backoff: atOnce })], clock, observer })
  await line.run(({ attempt }) => (attempt === 0 ? Promise.reject(broken) : 1))

  expect(seen).toEqual(['retry', 2])
})

describe('two retries over one budget', () => {
  const scene = () => {
    const told: unknown[] = []
    const budget: RetryBudget = {
      ...{ name: 'shared', capacity: 1, available: 1, granted: 0, refused: 0 },
      deposit: () => told.push('deposit'),
      tryWithdraw: () => true,
      succeeded: (added: unknown) => told.push(added),
      failed: () => told.push('failed'),
    } as unknown as RetryBudget
    const policy = (): ReturnType<typeof retry> => retry({ budget, backoff: atOnce })
    return { told, line: pipeline({ policies: [policy(), policy()], clock: new FakeClock() }) }
  }

  it('tell it once of a call that succeeds', async () => {
    const { told, line } = scene()
    await line.run(() => 1)

    expect(told).toEqual(['deposit', undefined])
  })

  it('tell it of what was added by the one that added it', async () => {
    const { told, line } = scene()
    await line.run(({ attempt }) => (attempt === 0 ? Promise.reject(broken) : 1))

    expect(told).toEqual(['deposit', 'failed', 'failure', undefined])
  })
})

it('refusalIn() takes no time that is none', () => {
  const error = Object.assign(new ResilienceError('open', { code: 'CIRCUIT_OPEN' }), { remainingMs: 'soon' })

  expect(refusalIn(error)).toEqual({ code: 'CIRCUIT_OPEN', retryAfterMs: undefined })
})

it('retry() waits as long as a refusal says, also when it does not honour what dependencies say', async () => {
  const clock = new FakeClock()
  const slow = rateLimiter({ limit: 1, intervalMs: 100, clock })
  const again = retry({ backoff: atOnce, retryRejections: true, honourRetryAfter: false })
  const line = pipeline({ policies: [again, slow], clock })
  await line.run(() => 1)
  const second = line.tryRun(() => clock.now())
  await clock.advance(1_000)

  expect(await second).toEqual({ ok: true, value: 100 })
})
