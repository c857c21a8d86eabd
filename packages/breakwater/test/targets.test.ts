import { describe, expect, it } from 'vitest'
import type { CircuitBreaker } from '../src/circuit-breaker/circuit-breaker-api.ts'
import type { CircuitBreakerOptions } from '../src/circuit-breaker/circuit-breaker-options.ts'
import { circuitBreaker } from '../src/circuit-breaker/circuit-breaker.ts'
import { pipeline } from '../src/pipeline/pipeline.ts'
import { seededRandom } from '../src/random/seeded-random.ts'
import { type Backoff } from '../src/retry/jitter.ts'
import { exponential, fixed } from '../src/retry/backoff.ts'
import { retry } from '../src/retry/retry.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'

/** A dependency behind a breaker, called at an even pace by clients that do not know how it is. */
class Dependency {
  readonly clock = new FakeClock()
  readonly breaker: CircuitBreaker
  readonly random = seededRandom(20_261_123)
  /** The chance that a call fails, 0–1. */
  failing = 0
  /** Calls that got through to it. */
  reached = 0
  #isHealthy: ((isHealthy: boolean) => void) | undefined = undefined

  constructor(options: CircuitBreakerOptions = {}, checkEveryMs?: number) {
    const { clock, random } = this
    const healthProbe: CircuitBreakerOptions['healthProbe'] = (report) => {
      this.#isHealthy = report
      return () => (this.#isHealthy = undefined)
    }
    this.breaker = circuitBreaker({ ...options, ...(checkEveryMs && { healthProbe }), clock, random })
    if (checkEveryMs !== undefined) this.#check(checkEveryMs)
  }

  /** One call each 10 ms until the time is over, or until something is so. */
  async serve(ms: number, until: () => boolean = () => false): Promise<number> {
    const since = this.clock.now()
    while (this.clock.now() - since < ms && !until()) {
      this.call()
      await this.clock.advance(10)
    }
    return this.clock.now() - since
  }

  call(): void {
    const permit = this.breaker.tryAcquire()
    if (permit === undefined) return
    this.reached++
    if (this.random.next() < this.failing) permit.fail(new Error('down'))
    else permit.succeed()
  }

  #check(everyMs: number): void {
    this.clock.setTimer(everyMs, () => {
      this.#isHealthy?.(this.failing === 0)
      this.#check(everyMs)
    })
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

describe('circuitBreaker() at its defaults, measured', () => {
  it('spares at least 99.5 % of the doomed calls once it has opened, in an outage of a minute', async () => {
    const target = new Dependency()
    await target.serve(10_000)
    target.failing = 1
    await target.serve(60_000, () => target.breaker.state === 'open')
    target.reached = 0

    await target.serve(60_000)

    const doomed = 6_000
    expect(1 - target.reached / doomed).toBeGreaterThanOrEqual(0.995)
    expect(target.reached).toBeGreaterThan(0)
  })

  it('is open in the turn of the failure that reaches the threshold', () => {
    const { breaker } = new Dependency({ consecutiveFailures: 5 })
    const states = [1, 2, 3, 4, 5].map(() => {
      breaker.tryAcquire()?.fail(new Error('down'))
      return breaker.state
    })

    expect(states).toEqual(['closed', 'closed', 'closed', 'closed', 'open'])
  })

  it('does not open in 200,000 calls of which one in twenty fails', () => {
    const target = new Dependency()
    target.failing = 0.05
    let opened = 0
    target.breaker.on((event) => {
      if (event.type === 'CircuitOpened') opened++
    })

    for (let i = 0; i < 200_000; i++) target.call()

    expect([opened, target.reached]).toEqual([0, 200_000])
  })

  it('with health checks each second closes less than 5 s after the dependency is well, on average of 30 outages', async () => {
    const target = new Dependency({}, 1_000)
    const lateness: number[] = []
    for (let i = 0; i < 30; i++) {
      target.failing = 1
      await target.serve(5_000 + target.random.next() * 55_000)
      target.failing = 0
      lateness.push(await target.serve(120_000, () => target.breaker.state === 'closed'))
      await target.serve(30_000)
    }

    expect(mean(lateness)).toBeLessThan(5_000)
    expect(mean(lateness)).toBeGreaterThan(0)
  })
})

/** Operations that begin evenly in an outage, and how their retries end. */
async function inOutage(backoff: Backoff): Promise<{ failedRetries: number; succeeded: number }> {
  const clock = new FakeClock()
  const policies = [retry({ maxRetries: 5, backoff })]
  const line = pipeline({ policies, clock, random: seededRandom(20_261_124) })
  const result = { failedRetries: 0, succeeded: 0 }
  const work = ({ attempt }: { attempt: number }): void => {
    if (clock.now() >= 1_000) return
    if (attempt > 0) result.failedRetries++
    throw new Error('down')
  }
  for (let i = 0; i < 500; i++) {
    void line.tryRun(work).then(({ ok }) => (result.succeeded += ok ? 1 : 0))
    await clock.advance(2)
  }
  await clock.advance(60_000)
  return result
}

describe('retry(), measured', () => {
  it('at its defaults at least 90 % of the operations that are retried succeed when one attempt in five fails', async () => {
    const clock = new FakeClock()
    const random = seededRandom(20_261_125)
    const line = pipeline({ policies: [retry()], clock, random })
    const ends = { retried: 0, succeeded: 0 }
    for (let i = 0; i < 2_000; i++) {
      let attempts = 0
      const work = (): void => {
        attempts++
        if (random.next() < 0.2) throw new Error('blip')
      }
      void line.tryRun(work).then(({ ok }) => {
        if (attempts > 1) ends.retried++
        if (attempts > 1 && ok) ends.succeeded++
      })
      await clock.advance(50)
    }
    await clock.advance(60_000)

    expect(ends.retried).toBeGreaterThan(300)
    expect(ends.succeeded / ends.retried).toBeGreaterThanOrEqual(0.9)
  })

  it('with backoff makes at least 40 % fewer failed retries than at once, in an outage of a second', async () => {
    const atOnce = await inOutage(fixed({ delayMs: 0 }))

    const withBackoff = await inOutage(exponential())

    expect(withBackoff.failedRetries).toBeLessThanOrEqual(0.6 * atOnce.failedRetries)
    expect([atOnce.succeeded, withBackoff.succeeded > 250]).toEqual([0, true])
  })
})
