import { describe, expect, it } from 'vitest'
import type { Criticality } from '../pipeline/call-context.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { ConcurrencyLimiter } from './concurrency-limiter-api.ts'
import type { ConcurrencyLimiterOptions } from './concurrency-limiter-options.ts'
import { concurrencyLimiter } from './concurrency-limiter.ts'

/** An algorithm that moves nothing: only bounds that are set do. */
const still = {
  name: 'still',
  bounds: { initialLimit: 1, minLimit: 1, maxLimit: 100 },
  window: undefined,
  start: () => ({ update: () => NaN }),
}

interface Scene {
  readonly clock: FakeClock
  readonly limiter: ConcurrencyLimiter
  /** What began, in order. */
  readonly began: string[]
  /** A call of this name and criticality that takes 10 ms, and what its work does first. */
  readonly call: (name: string, criticality: Criticality, atFirst?: () => void) => Promise<void>
}

function scene(options: ConcurrencyLimiterOptions): Scene {
  const clock = new FakeClock()
  const limiter = concurrencyLimiter({ algorithm: still, queue: 10, clock, ...options })
  const began: string[] = []
  const call = (name: string, criticality: Criticality, atFirst?: () => void): Promise<void> =>
    limiter.run(
      () => {
        began.push(name)
        atFirst?.()
        return clock.sleep(10)
      },
      { criticality },
    )
  return { clock, limiter, began, call }
}

const isFree = (limiter: ConcurrencyLimiter, criticality: Criticality): boolean =>
  limiter.tryAcquire(criticality) !== undefined

describe('concurrencyLimiter() with shares', () => {
  it.each<{ order: 'fifo' | 'lifo'; turns: string[] }>([
    { order: 'fifo', turns: ['first', 'normal-1', 'low-1', 'normal-2', 'low-2'] },
    { order: 'lifo', turns: ['first', 'low-2', 'normal-2', 'low-1', 'normal-1'] },
  ])('lets in those who wait by $order, whatever their criticality', async ({ order, turns }) => {
    const { clock, began, call } = scene({ order, shares: { critical: 0.1 } })
    const calls = [
      call('first', 'normal'),
      call('normal-1', 'normal'),
      call('low-1', 'low'),
      call('normal-2', 'normal'),
      call('low-2', 'low'),
    ]

    await clock.advance(100)
    await Promise.all(calls)

    expect(began).toEqual(turns)
  })

  it.each<Criticality>(['low', 'normal', 'high', 'critical'])(
    'keeps the share of %s for it: one call of two, and one again after that has ended',
    (criticality) => {
      const { limiter } = scene({ initialLimit: 2, shares: { [criticality]: 0.5 } })
      const other = criticality === 'high' ? 'low' : 'high'
      const taken = [isFree(limiter, other), isFree(limiter, other), isFree(limiter, other)]
      const permit = limiter.tryAcquire(criticality)
      const beyond = isFree(limiter, criticality)
      permit?.ignore()

      expect([taken, permit !== undefined, beyond]).toEqual([[true, true, false], true, false])
      expect([isFree(limiter, criticality), isFree(limiter, criticality)]).toEqual([true, false])
    },
  )

  it.each([{ shares: { high: 0.1 } }, {}])('says in a refusal whose call it was: %j', async (options) => {
    const { clock, limiter, call } = scene({ initialLimit: 1, queue: 1, maxWaitMs: 50, ...options })
    limiter.tryAcquire('low')
    limiter.tryAcquire('high')
    const [late, atOnce] = [call('a', 'high'), call('b', 'high')].map((ended) =>
      ended.catch((error: unknown) => error),
    )

    await clock.advance(50)

    expect([await late, await atOnce]).toMatchObject([
      { code: 'CONCURRENCY_LIMITED', criticality: 'high', waitedMs: 50 },
      { code: 'CONCURRENCY_LIMITED', criticality: 'high', waitedMs: 0 },
    ])
  })
})

describe('concurrencyLimiter() whose work asks for another place as it begins', () => {
  it('lets in those first who wait', async () => {
    const { clock, limiter, began, call } = scene({})
    const asked: boolean[] = []
    const ask = (): unknown => asked.push(isFree(limiter, 'normal'))
    const calls = [call('a', 'normal'), call('b', 'normal', ask), call('c', 'normal')]

    limiter.minLimit = 3
    await clock.advance(10)
    await Promise.all(calls)

    expect([asked, began]).toEqual([[false], ['a', 'b', 'c']])
  })

  it('lets in those first who wait, also before another criticality', async () => {
    const { clock, limiter, began, call } = scene({ shares: { critical: 0.1 } })
    const asked: boolean[] = []
    const ask = (): unknown => asked.push(isFree(limiter, 'high'))
    const calls = [call('a', 'normal'), call('b', 'normal', ask), call('c', 'low')]

    limiter.minLimit = 3
    await clock.advance(10)
    await Promise.all(calls)

    expect([asked, began]).toEqual([[false], ['a', 'b', 'c']])
  })

  it('lets in those first who wait for a share', async () => {
    const { clock, limiter, began, call } = scene({ initialLimit: 6, shares: { critical: 0.5 } })
    const asked: boolean[] = []
    const ask = (): unknown => asked.push(isFree(limiter, 'critical'))
    for (let i = 0; i < 6; i++) limiter.tryAcquire('low')
    limiter.maxLimit = 2
    const calls = [call('a', 'critical'), call('b', 'critical', ask), call('c', 'critical')]
    const before = [...began]

    limiter.maxLimit = 6
    limiter.minLimit = 6
    await clock.advance(10)
    await Promise.all(calls)

    expect([before, asked, began]).toEqual([['a'], [false], ['a', 'b', 'c']])
  })
})

describe('concurrencyLimiter() after a wait that was too long', () => {
  it('lets in the next one, not who was refused', async () => {
    const { clock, limiter, began, call } = scene({ maxWaitMs: 50 })
    const permit = limiter.tryAcquire()
    await clock.advance(1_000)
    const late = call('late', 'normal').catch((error: unknown) => error)
    await clock.advance(50)
    const next = call('next', 'normal')

    permit?.ignore()
    await clock.advance(10)
    await next

    expect(await late).toMatchObject({ code: 'CONCURRENCY_LIMITED', waitedMs: 50 })
    expect([began, limiter.admitted, limiter.queued]).toEqual([['next'], 2, 0])
    clock.expectIdle()
  })

  it('counts right when a listener that is told of it ends the call', async () => {
    const caller = new AbortController()
    const onEvent = (): void => caller.abort('gone')
    const { clock, limiter } = scene({ maxWaitMs: 50, onEvent })
    limiter.tryAcquire()
    const ended = limiter.run(() => 1, { signal: caller.signal }).catch(() => 'refused')

    await clock.advance(50)

    expect([await ended, limiter.queued, limiter.rejected]).toEqual(['refused', 0, 1])
  })
})
