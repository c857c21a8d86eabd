import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { authentication, type AuthenticationOptions } from './authentication.ts'
import type { RetryEvent } from './retry-events.ts'
import { retry } from './retry.ts'
import type { RefreshContext } from './shared-refresh.ts'

const denied = Object.assign(new Error('denied'), { status: 401 })

/** A service whose token has expired: it answers once somebody has refreshed it. */
function service(options: Omit<AuthenticationOptions, 'refresh'> & { readonly totalMs?: number } = {}) {
  const { totalMs, ...rest } = options
  const clock = new FakeClock()
  const contexts: RefreshContext[] = []
  const events: RetryEvent[] = []
  let token = 'old'
  const end: { reject: (error: unknown) => void; resolve: () => void }[] = []
  const refresh = (context: RefreshContext): Promise<void> => {
    contexts.push(context)
    return new Promise((resolve, reject) => {
      const renew = (): void => {
        token = 'new'
        resolve()
      }
      end.push({ resolve: renew, reject })
    })
  }
  const rule = authentication({ refresh, initialMs: 0, ...rest })
  const again = retry({
    rules: [rule],
    ...(totalMs === undefined ? {} : { totalMs }),
    onEvent: (event) => events.push(event),
  })
  const line = pipeline({ operation: 'read', policies: [again], clock })
  const work = (): string => {
    if (token === 'old') throw denied
    return token
  }
  return { clock, contexts, events, end, line, work, again }
}

describe('authentication()', () => {
  it.each([
    ['status 401', denied, true],
    ['status 403', { status: 403 }, false],
    ['AuthenticationError', { name: 'AuthenticationError' }, true],
    ['TokenExpiredError', { name: 'TokenExpiredError' }, true],
    ['gRPC', { code: 'UNAUTHENTICATED' }, true],
    ['any error', new Error('broken'), false],
  ])('%s', (_, error, expected) => {
    expect(authentication({ refresh: () => undefined }).matches(error)).toBe(expected)
  })

  it('waits 5 s to 15 s, once at most', () => {
    const { backoff, maxRetries } = authentication({ refresh: () => undefined, jitter: 'none' })
    const waits = [1, 2, 3].map((at) => backoff.delayMs(at, { next: () => 0 }, 0))

    expect([maxRetries, ...waits]).toEqual([1, 5_000, 10_000, 15_000])
  })

  it.each([
    [{}, "'refresh' must be a function: current value is null"],
    [{ refresh: 'now' }, "'refresh' must be a function: current value is 'now'"],
    [
      { refresh: () => 1, refreshTimeoutMs: 0 },
      "'refreshTimeoutMs' must be a number > 0: current value is 0",
    ],
  ])('refuses %o', (options, message) => {
    expect(() => authentication(options as never)).toThrow(message)
  })

  it('awaits the refresh before the retry, and tells it the operation and the error', async () => {
    const { clock, contexts, end, line, work } = service()
    const ended = line.run(work)
    await clock.advance(500)
    const waiting = clock.pending()

    end[0]?.resolve()

    expect(await ended).toBe('new')
    expect(contexts).toMatchObject([{ operation: 'read', error: denied }])
    expect(waiting).toEqual([9_500])
    clock.expectIdle()
  })

  it.each([
    [60, 100],
    [100, 100],
    [150, 150],
  ])('a refresh of %i ms counts for a wait of 100 ms: the retry is at %i ms', async (refreshMs, expected) => {
    const { clock, end, line, work } = service({ initialMs: 100, jitter: 'none' })
    const ended = line.run(work).then(() => clock.now())
    await clock.advance(refreshMs)
    end[0]?.resolve()

    await clock.advance(200)

    expect(await ended).toBe(expected)
  })

  it('refreshes once for all calls that wait for it', async () => {
    const { clock, contexts, end, line, work } = service()
    const calls = [line.run(work), line.run(work), line.run(work)]
    await clock.settle()

    end[0]?.resolve()

    expect(await Promise.all(calls)).toEqual(['new', 'new', 'new'])
    expect(contexts).toHaveLength(1)
  })

  it('does not refresh again for a call that had begun before the refresh was done', async () => {
    const { clock, contexts, end, line, work } = service()
    const slow = line.run(async ({ attempt }) => {
      if (attempt > 0) return work()
      await clock.sleep(100)
      throw denied
    })
    const quick = line.run(work)
    await clock.advance(50)
    end[0]?.resolve()
    await quick

    await clock.advance(50)

    expect(await slow).toBe('new')
    expect(contexts).toHaveLength(1)
  })

  it('refreshes again for a call whose retry was refused as well', async () => {
    const { clock, contexts, end, line } = service({ maxRetries: 2 })
    const ended = line.tryRun(() => Promise.reject(denied))
    await clock.advance(10)
    end[0]?.resolve()
    await clock.advance(10)

    end[1]?.resolve()
    const outcome = await ended

    expect(outcome).toEqual({ ok: false, error: denied })
    expect(contexts).toHaveLength(2)
  })

  it('a refresh that fails ends the calls with their own error, and an event tells why', async () => {
    const { clock, end, events, line, work, again } = service()
    const ended = [line.tryRun(work), line.tryRun(work)]
    await clock.settle()
    const failure = new Error('no more tokens')

    end[0]?.reject(failure)

    expect(await Promise.all(ended)).toEqual([
      { ok: false, error: denied },
      { ok: false, error: denied },
    ])
    expect(events.at(-1)).toEqual({
      type: 'RetryPreparationFailed',
      policy: 'retry',
      operation: 'read',
      rule: 'authentication',
      error: denied,
      failure,
    })
    expect(again.retries).toBe(0)
    clock.expectIdle()
  })

  it.each([
    [99, false],
    [100, true],
  ])('after %i ms of 100 ms, whether a hanging refresh has been given up is %s', async (ms, expected) => {
    const { clock, contexts, line, work, events } = service({ refreshTimeoutMs: 100 })
    void line.tryRun(work)

    await clock.advance(ms)

    expect(contexts[0]?.signal.aborted).toBe(expected)
    expect(events.some(({ type }) => type === 'RetryPreparationFailed')).toBe(expected)
  })

  it('an abort ends the wait for the refresh at once, and the last who leaves aborts the refresh', async () => {
    const { clock, contexts, line, work } = service()
    const [first, second] = [new AbortController(), new AbortController()]
    const calls = [first, second].map(({ signal }) => line.run(work, { signal }).catch((why: unknown) => why))
    await clock.settle()

    first.abort('gone')
    const afterOne = contexts[0]?.signal.aborted
    second.abort('gone too')

    expect(await Promise.all(calls)).toEqual(['gone', 'gone too'])
    expect([afterOne, contexts[0]?.signal.aborted]).toEqual([false, true])
    clock.expectIdle()
  })

  it('begins anew after a refresh that was left, whatever that still gives', async () => {
    const { clock, contexts, end, line, work } = service()
    const caller = new AbortController()
    const left = line.run(work, { signal: caller.signal }).catch((why: unknown) => why)
    await clock.settle()
    caller.abort('gone')
    await left
    const ended = line.run(work)
    await clock.settle()

    end[0]?.reject(new Error('aborted'))
    await clock.settle()
    end[1]?.resolve()

    expect(await ended).toBe('new')
    expect(contexts).toHaveLength(2)
  })

  it('gives up when the refresh took the time that was left', async () => {
    const { clock, end, events, line, work } = service({ totalMs: 100 })
    const ended = line.tryRun(work)
    await clock.advance(101)

    end[0]?.resolve()

    expect(await ended).toEqual({ ok: false, error: denied })
    expect(events.at(-1)).toMatchObject({ type: 'RetryTimeExhausted', delayMs: 0, leftMs: -1 })
  })

  it('a hook that throws at once is one that failed', async () => {
    const bug = new Error('bug')
    const failures: unknown[] = []
    const rule = authentication({
      refresh: () => {
        throw bug
      },
    })
    const onEvent = (event: RetryEvent): void => {
      if (event.type === 'RetryPreparationFailed') failures.push(event.failure)
    }

    const outcome = await retry({ rules: [rule], onEvent })
      .run(() => Promise.reject(denied))
      .catch((error: unknown) => error)

    expect([outcome, failures]).toEqual([denied, [bug]])
  })
})
