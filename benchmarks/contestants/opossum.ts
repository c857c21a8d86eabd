import CircuitBreaker from 'opossum'
import type { Trial } from '../harness/compare.ts'
import type { Work } from '../harness/work.ts'

const longestTimerMs = 2 ** 31 - 1

/** Its types do not know that it can share the call of others. */
interface Options extends CircuitBreaker.Options<[]> {
  readonly coalesce?: boolean
  readonly coalesceResetOn?: readonly string[]
}

/** A breaker of opossum around the work that no failure opens; its defaults but for what is given, and no timeout. */
export function opossumOf(work: Work, options: Options): CircuitBreaker<[], unknown> {
  return new CircuitBreaker<[], unknown>(work, {
    ...{ timeout: false, errorThresholdPercentage: 100, resetTimeout: longestTimerMs },
    ...options,
  })
}

/** How a breaker of opossum is called and stopped. */
export function opossumTrial(breaker: CircuitBreaker<[], unknown>): Trial {
  return { call: () => breaker.fire(), dispose: () => breaker.shutdown() }
}
