import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { circuitBreaker } from './circuit-breaker.ts'

const slots = { windowMs: 1_000, minimumCalls: 10 }

describe('circuitBreaker() with a window of ten slots', () => {
  it.each([
    ['a success', () => Promise.resolve(1)],
    ['a failure', () => Promise.reject(new Error('down'))],
  ])('counts %s on the very edge of a slot in the one that begins', async (_, work) => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ ...slots, clock })
    const call = (): Promise<unknown> => breaker.run(work).catch(() => undefined)
    await call()
    await clock.advance(100)
    await call()
    const counts = [breaker.facts().windowCalls]
    await clock.advance(900)
    counts.push(breaker.facts().windowCalls)
    await clock.advance(100)
    counts.push(breaker.facts().windowCalls)

    expect(counts).toEqual([2, 1, 0])
  })

  it('that is restored from a slot named twice forgets all of it together', async () => {
    const clock = new FakeClock()
    const empty = circuitBreaker({ ...slots, clock }).snapshot()
    await clock.advance(5_000)
    const at = clock.epochNow()
    const restore = { ...empty, at, since: at, evidence: [3, 1, 1, 0, 3, 2, 0, 0, 2, 4, 1, 0] }
    const breaker = circuitBreaker({ ...slots, clock, restore })
    const seen = [breaker.facts()]
    for (const ms of [699, 1, 100]) {
      await clock.advance(ms)
      seen.push(breaker.facts())
    }

    expect(seen.map(({ windowCalls, windowFailures }) => [windowCalls, windowFailures])).toEqual([
      [7, 2],
      [7, 2],
      [4, 1],
      [0, 0],
    ])
  })
})

it.each(['windowMs', 'minimumCalls', 'failureRatio'])(
  'a breaker with %s undefined has the defaults, whatever others were made with',
  (option) => {
    circuitBreaker({ consecutiveFailures: 7 })
    const { threshold, minimumCalls, windowMs } = circuitBreaker({ [option]: undefined }).facts()

    expect([threshold, minimumCalls, windowMs]).toEqual([0, 20, 30_000])
  },
)

it('an outcome reported by hand does not count where a listener has closed the circuit meanwhile', async () => {
  const clock = new FakeClock()
  const breaker = circuitBreaker({ consecutiveFailures: 2, openMs: 100, jitter: 0, clock })
  breaker.on(({ type }) => {
    if (type === 'CircuitHalfOpened') breaker.reset()
  })
  breaker.recordFailure(new Error('down'))
  breaker.recordFailure(new Error('down'))
  await clock.advance(100)
  breaker.recordFailure(new Error('down'))

  expect([breaker.state, breaker.facts().windowFailures]).toEqual(['closed', 0])
})

it.each([
  [{ successThreshold: 2, trials: 2 }, 'the next 2 trials succeed'],
  [{ successThreshold: 1, trials: 1 }, 'the next trial succeeds'],
  [{ successThreshold: 2, trials: 3 }, '2 of 3 trials succeed'],
])('a circuit with %o closes when %s', async (options, sentence) => {
  const clock = new FakeClock()
  const breaker = circuitBreaker({ consecutiveFailures: 1, clock, ...options })
  breaker.recordFailure(new Error('down'))

  expect(breaker.facts().closesWhen).toBe(sentence)
})

it('a snapshot that cannot be read is refused with an error that says so', () => {
  const restore = { version: 9 } as never

  expect(() => circuitBreaker({ restore })).toThrow(TypeError)
  expect(() => circuitBreaker({ restore })).toThrow('snapshot cannot be read')
})
