import { bulkhead } from '../../src/bulkhead/bulkhead.ts'
import { circuitBreaker } from '../../src/circuit-breaker/circuit-breaker.ts'
import type { Clock } from '../../src/clock/clock.ts'
import { fallback } from '../../src/fallback/fallback.ts'
import { pipeline } from '../../src/pipeline/pipeline.ts'
import type { Random } from '../../src/random/random.ts'
import { retry } from '../../src/retry/retry.ts'
import { timeout } from '../../src/timeout/timeout.ts'
import type { Dependency } from './dependency.ts'

/** How a request is answered: with what was asked for, or with less. */
export type Answer = 'full' | 'degraded'

/** Calls a dependency for a request. */
export type Handler = () => Promise<Answer>

/** A plain call: waits for as long as it takes. */
export function plainHandler(dependency: Dependency): Handler {
  return async () => {
    await dependency.call()
    return 'full'
  }
}

/** The same under the policies that the guide to ordering gives, at their defaults but for the limits of time. */
export function protectedHandler(dependency: Dependency, clock: Clock, random: Random): Handler {
  const line = pipeline({
    operation: dependency.name,
    policies: [
      fallback((): Answer => 'degraded'),
      timeout({ totalMs: 2_000 }),
      retry(),
      circuitBreaker({ clock, random }),
      bulkhead({ limit: 10, clock }),
      timeout({ ms: 500 }),
    ],
    ...{ clock, random },
  })
  return () =>
    line.run(async ({ signal }): Promise<Answer> => {
      await dependency.call(signal)
      return 'full'
    })
}
