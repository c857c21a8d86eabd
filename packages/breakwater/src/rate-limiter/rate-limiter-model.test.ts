import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { RateLimiter } from './rate-limiter-api.ts'
import type { RateAlgorithm } from './rate-limiter-options.ts'
import { rateLimiter } from './rate-limiter.ts'

interface Start {
  readonly id: number
  readonly key: string
  readonly cost: number
  readonly at: number
}

/** What happened to one limiter, as its callers saw it. */
class Record {
  readonly starts: Start[] = []
  readonly settled: Promise<void>[] = []
  readonly refusedLate: number[] = []
  #next = 0
  readonly #limiter: RateLimiter
  readonly #clock: FakeClock

  constructor(limiter: RateLimiter, clock: FakeClock) {
    this.#limiter = limiter
    this.#clock = clock
  }

  call(key: string, cost: number): AbortController {
    const caller = new AbortController()
    const id = this.#next++
    const begun = this.#clock.now()
    const work = (): void => void this.starts.push({ id, key, cost, at: this.#clock.now() })
    const refused = (): void => void this.refusedLate.push(this.#clock.now() - begun)
    const call = this.#limiter.run(work, { key, args: [cost], signal: caller.signal })
    this.settled.push(call.catch(() => (caller.signal.aborted ? undefined : refused())))
    return caller
  }
}

const commands = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant('call' as const),
      key: fc.constantFrom('a', 'b'),
      cost: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({ type: fc.constant('abort' as const), which: fc.nat(20) }),
    fc.record({ type: fc.constant('pass' as const), ms: fc.nat(900) }),
  ),
  { maxLength: 80 },
)
const rules = fc.record({
  algorithm: fc.constantFrom<RateAlgorithm[]>('token-bucket', 'gcra', 'sliding-window'),
  limit: fc.integer({ min: 3, max: 8 }),
  queue: fc.integer({ min: 0, max: 6 }),
  maxWaitMs: fc.constantFrom(500, 1_000, 3_000),
})

async function play(
  rule: { algorithm: RateAlgorithm; limit: number; queue: number; maxWaitMs: number },
  list: readonly (
    | { type: 'call'; key: string; cost: number }
    | { type: 'abort'; which: number }
    | { type: 'pass'; ms: number }
  )[],
): Promise<{ limiter: RateLimiter; record: Record; clock: FakeClock; mostQueued: number }> {
  const clock = new FakeClock()
  const burst = rule.algorithm === 'sliding-window' ? {} : { burst: 3 }
  const cost = ({ args }: { readonly args: readonly unknown[] }): number => Number(args[0])
  const limiter = rateLimiter({ ...rule, ...burst, cost, intervalMs: 1_000, clock })
  const record = new Record(limiter, clock)
  const callers: AbortController[] = []
  let mostQueued = 0
  for (const command of list) {
    if (command.type === 'call') callers.push(record.call(command.key, command.cost))
    if (command.type === 'abort') callers[command.which]?.abort('left')
    if (command.type === 'pass') await clock.advance(command.ms)
    mostQueued = Math.max(mostQueued, limiter.queued)
  }
  await clock.advance(20_000)
  await Promise.all(record.settled)
  return { limiter, record, clock, mostQueued }
}

describe('rateLimiter() under any mix of calls, aborts and pauses', () => {
  it('settles every call, in order of arrival for each key, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(rules, commands, async (rule, list) => {
        const { limiter, record, clock, mostQueued } = await play(rule, list)
        const orders = ['a', 'b'].map((key) =>
          record.starts.filter((start) => start.key === key).map(({ id }) => id),
        )

        expect(orders).toEqual(orders.map((ids) => ids.toSorted((one, other) => one - other)))
        expect(mostQueued).toBeLessThanOrEqual(rule.queue)
        expect([limiter.queued, limiter.admitted]).toEqual([0, record.starts.length])
        clock.expectIdle()
      }),
      { numRuns: 150 },
    )
  })

  it('lets no key have more than its bound in any interval, and refuses nobody later than maxWaitMs', async () => {
    await fc.assert(
      fc.asyncProperty(rules, commands, async (rule, list) => {
        const { record } = await play(rule, list)
        const bound = rule.algorithm === 'sliding-window' ? rule.limit : rule.limit + 3
        const sums = record.starts.map(({ key, at }) =>
          record.starts
            .filter((other) => other.key === key && other.at > at - 1_000 && other.at <= at)
            .reduce((sum, { cost }) => sum + cost, 0),
        )

        expect(Math.max(0, ...sums)).toBeLessThanOrEqual(bound)
        expect(Math.max(0, ...record.refusedLate)).toBeLessThanOrEqual(rule.maxWaitMs)
      }),
      { numRuns: 150 },
    )
  })
})
