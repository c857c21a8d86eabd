import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { CircuitBreaker } from './circuit-breaker-api.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'

const broken = new Error('broken')

/** A breaker that has just opened for 100 ms. */
function openBreaker(options: CircuitBreakerOptions = {}): { breaker: CircuitBreaker; clock: FakeClock } {
  const clock = new FakeClock()
  const breaker = circuitBreaker({
    ...{ consecutiveFailures: 1, openMs: 100, maxOpenMs: 250, jitter: 0, clock },
    ...options,
  })
  breaker.tryAcquire()?.fail(broken)
  return { breaker, clock }
}

describe('circuitBreaker().dependencyHealthy()', () => {
  it('lets a trial in before its time', () => {
    const { breaker } = openBreaker()
    const before = breaker.tryAcquire()

    breaker.dependencyHealthy()

    expect([before, breaker.state]).toEqual([undefined, 'half-open'])
    expect(breaker.tryAcquire()).toBeDefined()
  })

  it('is not believed again after a trial that failed, until the dependency was unhealthy', () => {
    const { breaker } = openBreaker()
    breaker.dependencyHealthy()
    breaker.tryAcquire()?.fail(broken)

    breaker.dependencyHealthy()
    const afterContradiction = breaker.state
    breaker.dependencyUnhealthy()
    breaker.dependencyHealthy()

    expect([afterContradiction, breaker.state]).toEqual(['open', 'half-open'])
  })

  it('is believed after a trial that failed before it was said', async () => {
    const { breaker, clock } = openBreaker()
    await clock.advance(100)
    breaker.tryAcquire()?.fail(broken)

    breaker.dependencyHealthy()

    expect(breaker.state).toBe('half-open')
  })

  it('is believed again after the circuit was closed', () => {
    const { breaker } = openBreaker()
    breaker.dependencyHealthy()
    breaker.tryAcquire()?.fail(broken)
    breaker.reset()
    breaker.dependencyHealthy()
    breaker.tryAcquire()?.fail(broken)

    breaker.dependencyHealthy()

    expect(breaker.state).toBe('half-open')
  })
})

describe('circuitBreaker().dependencyUnhealthy()', () => {
  it.each([
    [149, 'open'],
    [150, 'half-open'],
  ])(
    'puts the trial off by an open time from when it is said: %i ms after opening it is %s',
    async (ms, state) => {
      const { breaker, clock } = openBreaker()
      await clock.advance(50)

      breaker.dependencyUnhealthy()
      await clock.advance(ms - 50)

      expect(breaker.state).toBe(state)
    },
  )

  it('cannot keep it open beyond maxOpenMs after it opened', async () => {
    const { breaker, clock } = openBreaker()
    const report = async (): Promise<void> => {
      breaker.dependencyUnhealthy()
      await clock.advance(50)
    }

    for (let i = 0; i < 5; i++) await report()

    expect([clock.now(), breaker.state]).toEqual([250, 'half-open'])
  })

  it('does nothing to a closed circuit', () => {
    const breaker = circuitBreaker({ clock: new FakeClock() })

    breaker.dependencyUnhealthy()

    expect(breaker.tryAcquire()).toBeDefined()
  })
})

describe('circuitBreaker() with a health probe', () => {
  /** A probe that says how many listen, and lets the test report. */
  function probe(): {
    listeners: Set<(isHealthy: boolean) => void>
    healthProbe: CircuitBreakerOptions['healthProbe'] & {}
  } {
    const listeners = new Set<(isHealthy: boolean) => void>()
    const healthProbe = (report: (isHealthy: boolean) => void): (() => void) => {
      listeners.add(report)
      return () => void listeners.delete(report)
    }
    return { listeners, healthProbe }
  }

  it('listens from when it opens until it closes', async () => {
    const { listeners, healthProbe } = probe()
    const { breaker, clock } = openBreaker({ healthProbe })
    const whileOpen = listeners.size
    await clock.advance(100)
    const trial = breaker.tryAcquire()
    const whileHalfOpen = listeners.size

    trial?.succeed()

    expect([whileOpen, whileHalfOpen, listeners.size]).toEqual([1, 1, 0])
  })

  it('tries at once when the probe says that the dependency is back', () => {
    const { listeners, healthProbe } = probe()
    const { breaker } = openBreaker({ healthProbe })

    listeners.forEach((report) => report(true))

    expect(breaker.state).toBe('half-open')
  })

  it('is asked once for each opening, whatever trials do', async () => {
    let asked = 0
    const healthProbe = (): undefined => void asked++
    const { breaker, clock } = openBreaker({ healthProbe })
    await clock.advance(100)
    breaker.tryAcquire()?.fail(broken)
    const whileOpen = asked
    breaker.reset()

    breaker.tryAcquire()?.fail(broken)

    expect([whileOpen, asked]).toEqual([1, 2])
  })

  it('hears what the probe says at once', () => {
    const healthProbe = (report: (isHealthy: boolean) => void): undefined => report(true) as undefined

    const { breaker } = openBreaker({ healthProbe })

    expect(breaker.state).toBe('half-open')
  })

  it('stops listening when the probe closes the circuit while it is subscribed to', () => {
    let stopped = 0
    const resets: (() => void)[] = []
    const { breaker } = openBreaker({
      healthProbe: () => {
        resets.forEach((reset) => reset())
        return () => void stopped++
      },
    })
    breaker.reset()
    resets.push(() => breaker.reset())

    breaker.tryAcquire()?.fail(broken)

    expect([breaker.state, stopped]).toEqual(['closed', 2])
  })

  it('a probe whose end throws changes nothing', async () => {
    const { breaker, clock } = openBreaker({
      healthProbe: () => () => {
        throw new Error('probe bug')
      },
    })
    await clock.advance(100)

    breaker.tryAcquire()?.succeed()

    expect(breaker.state).toBe('closed')
  })

  it('does not hear a probe that reports after it was ended', () => {
    const reports: ((isHealthy: boolean) => void)[] = []
    const healthProbe = (report: (isHealthy: boolean) => void): undefined => {
      reports.push(report)
    }
    const { breaker } = openBreaker({ healthProbe })
    breaker.reset()
    reports[0]?.(false)

    expect(breaker.diagnose().dependency).toBe('unknown')
  })

  it('a breaker that never opened can be reset', () => {
    const { listeners, healthProbe } = probe()
    const breaker = circuitBreaker({ healthProbe, clock: new FakeClock() })

    breaker.reset()

    expect([breaker.state, listeners.size]).toEqual(['closed', 0])
  })

  it('a probe that throws changes nothing', async () => {
    const { breaker, clock } = openBreaker({
      healthProbe: () => {
        throw new Error('probe bug')
      },
    })
    await clock.advance(100)

    breaker.tryAcquire()?.succeed()

    expect(breaker.state).toBe('closed')
  })
})
