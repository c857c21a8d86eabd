import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { rateLimiter } from './rate-limiter.ts'
import type { RateLimiterOptions } from './rate-limiter-options.ts'

/** A limiter whose tokens are all taken, and callers that wait, each for what it says. */
function line(options: RateLimiterOptions) {
  const clock = new FakeClock()
  const cost = ({ args }: { readonly args: readonly unknown[] }): number => Number(args[0] ?? 1)
  const limiter = rateLimiter({
    limit: 10,
    intervalMs: 10_000,
    queue: 10,
    maxWaitMs: 60_000,
    cost,
    clock,
    ...options,
  })
  limiter.tryAcquire(limiter.burst)
  const started: string[] = []
  const wait = (name: string, amount = 1): AbortController => {
    const caller = new AbortController()
    const work = (): void => void started.push(`${name} ${clock.now()}`)
    void limiter.run(work, { args: [amount], signal: caller.signal }).catch(() => undefined)
    return caller
  }
  return { clock, limiter, started, wait }
}

describe('the line of a rateLimiter()', () => {
  it.each([
    ['first', 0, ['b 1000', 'c 2000', 'd 3000']],
    ['second', 1, ['a 1000', 'c 2000', 'd 3000']],
    ['last', 2, ['a 1000', 'b 2000', 'd 3000']],
  ])(
    'closes up when the %s leaves, and newcomers are behind all who are left',
    async (_, leaver, expected) => {
      const { clock, limiter, started, wait } = line({})
      const callers = [wait('a'), wait('b'), wait('c')]

      callers[leaver]?.abort()
      const told = limiter.peek().retryAfterMs
      wait('d')
      await clock.advance(10_000)

      expect([told, started]).toEqual([3_000, expected])
      clock.expectIdle()
    },
  )

  it('counts for newcomers what those who wait will take', () => {
    const { limiter, wait } = line({})
    const dear = wait('a', 4)
    wait('b', 2)
    const before = limiter.peek().retryAfterMs

    dear.abort()

    expect([before, limiter.peek().retryAfterMs, limiter.queued]).toEqual([7_000, 3_000, 1])
  })

  it('lets the next one go at its own time when the first, who waited for more, leaves', async () => {
    const { clock, started, wait } = line({})
    const dear = wait('a', 8)
    wait('b', 2)
    await clock.advance(1_500)

    dear.abort()
    await clock.advance(5_000)

    expect(started).toEqual(['b 2000'])
    clock.expectIdle()
  })

  it('has no timer but that of the first', () => {
    const { clock, wait } = line({})

    wait('a')
    wait('b', 3)
    wait('c')

    expect(clock.pending()).toEqual([1_000])
  })

  it('admits nobody by hand while others wait, though there is enough for it', async () => {
    const { clock, limiter, wait } = line({})
    wait('a', 5)
    await clock.advance(2_000)

    expect([limiter.tryAcquire(1), limiter.peek().remaining, limiter.rejected]).toEqual([false, 0, 1])
  })

  it.each([
    [3_999, []],
    [4_000, [{ code: 'RATE_LIMITED', isOverflow: false, retryAfterMs: 14_000 }]],
  ])(
    'refuses who has waited for maxWaitMs because the limit was lowered: after %i ms %o',
    async (ms, refused) => {
      const { clock, limiter } = line({ maxWaitMs: 4_000 })
      const errors: unknown[] = []
      void limiter.run(() => 1, { args: [4] }).catch((error: unknown) => errors.push(error))
      limiter.limit = 5
      await clock.advance(ms)

      expect(errors).toMatchObject(refused)
      expect([limiter.queued, limiter.rejected]).toEqual([1 - refused.length, refused.length])
    },
  )

  it('stands in each pipeline with the same limit', async () => {
    const { clock, limiter } = line({ queue: 0 })
    await clock.advance(1_000)
    const [first, second] = ['first', 'second'].map((operation) =>
      pipeline({ operation, policies: [limiter], clock }),
    )

    const outcomes = [await first?.tryRun(() => 1), await second?.tryRun(() => 1)]

    expect(outcomes.map((outcome) => outcome?.ok)).toEqual([true, false])
  })
})
