import { describe, expect, it } from 'vitest'
import { createRuntime } from '../runtime/runtime.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import type { CircuitBreaker } from './circuit-breaker-api.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'

const broken = new Error('broken')
const down = (): Promise<never> => Promise.reject(broken)

/** A breaker that opens at the second failure in a row for 100 ms. */
function scene(options: CircuitBreakerOptions = {}): { breaker: CircuitBreaker; clock: FakeClock } {
  const clock = new FakeClock()
  const breaker = circuitBreaker({ consecutiveFailures: 2, openMs: 100, jitter: 0, clock, ...options })
  return { breaker, clock }
}

async function call(breaker: CircuitBreaker, outcomes: string): Promise<void> {
  for (const outcome of outcomes) await breaker.run(outcome === 's' ? () => 1 : down).catch(() => undefined)
}

describe('circuitBreaker() counters', () => {
  it('are all there, and 0, before the first call', () => {
    const { breaker } = scene()

    const { counters } = breaker.stats()

    expect(counters).toEqual({ admitted: 0, rejected: 0, succeeded: 0, failed: 0, opened: 0 })
  })

  it('say how calls ended over its life, whatever the window has forgotten', async () => {
    const { breaker, clock } = scene()
    await call(breaker, 'sfsffsss')
    await clock.advance(100)

    await call(breaker, 'sss')

    expect(breaker.stats().counters).toEqual({
      admitted: 8,
      rejected: 3,
      succeeded: 5,
      failed: 3,
      opened: 1,
    })
    expect([breaker.succeeded, breaker.failed]).toEqual([5, 3])
  })

  it('count calls that end late, which change nothing else', () => {
    const { breaker } = scene({ consecutiveFailures: 1 })
    const [first, second, third] = [breaker.tryAcquire(), breaker.tryAcquire(), breaker.tryAcquire()]
    first?.fail(broken)

    second?.succeed()
    third?.fail(broken)

    expect([breaker.succeeded, breaker.failed, breaker.state]).toEqual([1, 2, 'open'])
  })

  it('count each permit once, and none that says nothing', () => {
    const { breaker } = scene({ isFailure: (error) => error === broken })
    const [succeeds, ignores, excluded] = [breaker.tryAcquire(), breaker.tryAcquire(), breaker.tryAcquire()]

    succeeds?.succeed()
    succeeds?.fail(broken)
    ignores?.ignore()
    excluded?.fail(new Error('not found'))

    expect(breaker.stats().counters).toMatchObject({ admitted: 3, succeeded: 1, failed: 0 })
  })

  it('count calls that an order lets through, and none that it refuses', async () => {
    const { breaker } = scene()
    breaker.setOverride('forced-closed')
    await call(breaker, 'sfff')
    breaker.setOverride('forced-open')

    await call(breaker, 'sf')

    expect(breaker.stats().counters).toMatchObject({ succeeded: 1, failed: 3, opened: 0, rejected: 2 })
  })

  it('count what it is told of in each state and under an order', () => {
    const { breaker } = scene({ consecutiveFailures: 1 })
    breaker.recordSuccess()
    breaker.recordFailure(broken)
    breaker.recordSuccess()
    breaker.setOverride('forced-closed')

    breaker.recordFailure(broken)

    expect([breaker.succeeded, breaker.failed, breaker.admitted]).toEqual([2, 2, 0])
  })

  it('count failures also where none is kept for the diagnosis', async () => {
    const { breaker } = scene({ failuresKept: 0 })

    await call(breaker, 'f')

    expect(breaker.failed).toBe(1)
  })

  it('count a slow call by how it ended', async () => {
    const { breaker, clock } = scene({ slowCallMs: 10 })
    const permit = breaker.tryAcquire()
    await clock.advance(10)

    permit?.succeed()

    expect([breaker.succeeded, breaker.failed, breaker.facts().windowFailures]).toEqual([1, 0, 1])
  })

  it('stay when it is reset, and begin anew in the breaker that is restored from its snapshot', async () => {
    const { breaker } = scene()
    await call(breaker, 'sf')
    breaker.reset()

    const restored = circuitBreaker({ consecutiveFailures: 2, restore: breaker.snapshot() })

    expect([breaker.succeeded, breaker.failed]).toEqual([1, 1])
    expect([restored.succeeded, restored.failed]).toEqual([0, 0])
  })

  it('go on in a runtime whose breaker gives way to another of its name', async () => {
    const bw = createRuntime({ service: 'shop' })
    const line = bw.pipeline({ operation: 'pay', policies: [circuitBreaker({ name: 'bank' })] })
    await line.run(() => 1)
    line.setPolicies([circuitBreaker({ name: 'bank' })])

    await line.tryRun(down)
    await line.run(() => 1)

    expect(bw.snapshot().policies).toMatchObject([{ counters: { admitted: 3, succeeded: 2, failed: 1 } }])
  })
})
