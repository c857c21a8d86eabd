import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { bulkhead } from '../src/bulkhead/bulkhead.ts'
import { isBulkheadFullError } from '../src/bulkhead/bulkhead-errors.ts'
import { circuitBreaker } from '../src/circuit-breaker/circuit-breaker.ts'
import type { CircuitBreaker } from '../src/circuit-breaker/circuit-breaker-api.ts'
import { pipeline } from '../src/pipeline/pipeline.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'
import { CountingClock } from './counting-clock.ts'

const broken = new Error('broken')

/** Ends `count` calls as failures. */
function fail(breaker: CircuitBreaker, count: number): void {
  for (let i = 0; i < count; i++) breaker.tryAcquire()?.fail(broken)
}

/** Ends `count` calls as successes. */
function succeed(breaker: CircuitBreaker, count: number): void {
  for (let i = 0; i < count; i++) breaker.tryAcquire()?.succeed()
}

describe('circuitBreaker() against the defects of its peers', () => {
  it('D1: a call from before the circuit opened that fails late does not decide half-open', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ consecutiveFailures: 2, openMs: 100, jitter: 0, clock })
    const slow = breaker.tryAcquire()
    fail(breaker, 2)
    await clock.advance(100)
    const trial = breaker.tryAcquire()

    slow?.fail(broken)
    const stateAfterLateFailure = breaker.state
    trial?.succeed()

    expect(stateAfterLateFailure).toBe('half-open')
    expect(breaker.state).toBe('closed')
  })

  it('D1: a call from before the circuit opened that succeeds late does not close it', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ consecutiveFailures: 2, openMs: 100, jitter: 0, clock })
    const slow = breaker.tryAcquire()
    fail(breaker, 2)
    await clock.advance(100)
    breaker.tryAcquire()

    slow?.succeed()

    expect(breaker.state).toBe('half-open')
  })

  it('D1: a call from an older closed time does not count after the circuit has closed again', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ consecutiveFailures: 2, openMs: 100, jitter: 0, clock })
    const old = [breaker.tryAcquire(), breaker.tryAcquire()]
    fail(breaker, 2)
    await clock.advance(100)
    succeed(breaker, 1)

    old.forEach((permit) => permit?.fail(broken))

    expect(breaker.state).toBe('closed')
  })

  it('D1: work admitted before the circuit opened does not decide half-open through a pipeline', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 100, jitter: 0, clock })
    const work = Promise.withResolvers<string>()
    const slow = pipeline({ policies: [breaker], clock }).run(() => work.promise)
    fail(breaker, 1)
    await clock.advance(100)
    breaker.tryAcquire()

    work.resolve('late')

    expect(await slow).toBe('late')
    expect(breaker.state).toBe('half-open')
  })

  it('D3: failures from before an idle hour do not open the circuit', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ failureRatio: 0.5, minimumCalls: 6, windowMs: 5_000, clock })
    succeed(breaker, 50)
    fail(breaker, 41)
    await clock.advance(3_600_000)

    succeed(breaker, 5)
    fail(breaker, 1)

    expect(breaker.state).toBe('closed')
    expect(breaker.facts()).toMatchObject({ windowCalls: 6, windowFailures: 1 })
  })

  it('D5: callers beyond the trial are refused at once instead of parked', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 100, jitter: 0, clock })
    const line = pipeline({ policies: [breaker], clock })
    fail(breaker, 1)
    await clock.advance(100)
    const trial = Promise.withResolvers<string>()
    const first = line.run(() => trial.promise)

    const others = await Promise.all(Array.from({ length: 5_000 }, () => line.tryRun(() => 'stampede')))
    trial.resolve('fine')

    expect(others.filter((outcome) => outcome.ok)).toEqual([])
    expect(await first).toBe('fine')
  })

  it('D5: a trial that hangs gives its place to another when its lease ends', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({
      consecutiveFailures: 1,
      openMs: 100,
      trialLeaseMs: 1_000,
      jitter: 0,
      clock,
    })
    fail(breaker, 1)
    await clock.advance(100)
    const hung = breaker.tryAcquire()
    await clock.advance(999)
    const early = breaker.tryAcquire()
    await clock.advance(1)

    const next = breaker.tryAcquire()
    hung?.fail(broken)
    next?.succeed()

    expect(early).toBeUndefined()
    expect(breaker.state).toBe('closed')
  })

  it('D12: refusals of a bulkhead further in do not count as failures', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ consecutiveFailures: 1, clock })
    const line = pipeline({ policies: [breaker, bulkhead({ limit: 1 })], clock })
    const work = Promise.withResolvers<string>()
    const running = line.run(() => work.promise)

    const refused = await Promise.all(Array.from({ length: 50 }, () => line.tryRun(() => 'too many')))
    work.resolve('fine')

    expect(refused.filter((outcome) => !outcome.ok && isBulkheadFullError(outcome.error))).toHaveLength(50)
    expect(await running).toBe('fine')
    expect(breaker.state).toBe('closed')
  })

  it('D12: two breakers of one options object share nothing, and the object stays as it was', () => {
    const options = Object.freeze({ consecutiveFailures: 1, openMs: 100, clock: new FakeClock() })
    const [one, other] = [circuitBreaker(options), circuitBreaker(options)]

    fail(one, 1)

    expect([one.state, other.state]).toEqual(['open', 'closed'])
    expect(Object.keys(options)).toEqual(['consecutiveFailures', 'openMs', 'clock'])
  })

  it('D13: a failure costs the same clock readings and no timer, however many calls the window holds', () => {
    const clock = new CountingClock()
    const breaker = circuitBreaker({ failureRatio: 1, minimumCalls: 1_000_000, windowMs: 60_000, clock })
    const costOfFailure = (): CountingClock['counts'] => {
      const before = clock.counts
      fail(breaker, 1)
      const after = clock.counts
      return { readings: after.readings - before.readings, timers: after.timers - before.timers }
    }
    succeed(breaker, 1)
    const atFirst = costOfFailure()
    fail(breaker, 100_000)

    const later = costOfFailure()

    expect(later).toEqual(atFirst)
    expect(later.timers).toBe(0)
  })

  it('D13: the memory of a window does not grow with the calls in it', () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const clock = new FakeClock()
    const breaker = circuitBreaker({ failureRatio: 1, minimumCalls: 1_000_000, windowMs: 60_000, clock })
    succeed(breaker, 20_000)
    fail(breaker, 20_000)
    collectGarbage()
    const before = process.memoryUsage().heapUsed

    fail(breaker, 200_000)
    collectGarbage()

    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000)
    expect(breaker.facts().windowFailures).toBe(220_000)
  })

  it('D13: ten thousand idle breakers have no timer', () => {
    const before = process.getActiveResourcesInfo().length

    const breakers = Array.from({ length: 10_000 }, (_, i) => circuitBreaker({ name: `tenant-${i}` }))

    expect(process.getActiveResourcesInfo()).toHaveLength(before)
    expect(breakers).toHaveLength(10_000)
  })

  it('D14: a wall clock set back by an hour does not keep the circuit open', async () => {
    const clock = new FakeClock()
    const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 1_000, jitter: 0, clock })
    fail(breaker, 1)

    clock.stepWallClock(-3_600_000)
    await clock.advance(1_000)

    expect(breaker.tryAcquire()).toBeDefined()
  })

  it('D14: a wall clock set forward by an hour neither ends the open time nor empties the window', () => {
    const clock = new FakeClock()
    const open = circuitBreaker({ consecutiveFailures: 1, openMs: 1_000, clock })
    const counting = circuitBreaker({ failureRatio: 0.5, minimumCalls: 4, windowMs: 5_000, clock })
    fail(open, 1)
    fail(counting, 3)

    clock.stepWallClock(3_600_000)
    fail(counting, 1)

    expect(open.state).toBe('open')
    expect(counting.state).toBe('open')
  })
})
