import { fallback } from '../../../src/fallback/fallback.ts'
import { retry } from '../../../src/retry/retry.ts'
import { timeout } from '../../../src/timeout/timeout.ts'
import type { Illness } from './database.ts'
import type { Answer } from './server.ts'
import type { Stack } from './service.ts'

/** When the database is ill, in seconds: long enough after the beginning for a breaker's window to be full. */
export const ill = { from: 30, to: 90 } as const
/** What is the matter with the database, by name. */
export const illnesses: Readonly<Record<'hangs' | 'slow', Illness>> = {
  hangs: { ...ill, times: Infinity },
  slow: { ...ill, times: 50 },
}
/** The limit of an attempt, milliseconds, at each service. */
export const attemptMs = 1_000
/** How many times as long an attempt may take at each service when somebody has thought about it. */
export const grades: Readonly<Record<string, number>> = { edge: 1.4, orders: 1.2, inventory: 1 }

/** What services do, by name: what tests assert and plots show. Numbers that are not given are the library's defaults. */
export function stacksOf(ms: number = attemptMs): Readonly<Record<string, Stack>> {
  return {
    'own timeouts, retries': { propagates: false, policies: () => [retry(), timeout({ ms })] },
    'own timeouts, no retry': { propagates: false, policies: () => [timeout({ ms })] },
    'graded timeouts, no retry': {
      propagates: false,
      policies: ({ name }) => [timeout({ ms: ms * (grades[name] ?? 1) })],
    },
    'deadlines, retries': { propagates: true, policies: () => [retry(), timeout({ ms })] },
    'deadlines, no retry': { propagates: true, policies: () => [timeout({ ms })] },
    'usual stack': { propagates: true, policies: usual(ms) },
    'usual stack, no deadlines': { propagates: false, policies: usual(ms) },
    'usual stack, no breakers': { propagates: true, policies: usual(ms, { without: 'circuit-breaker' }) },
    'usual stack, no bulkheads': { propagates: true, policies: usual(ms, { without: 'bulkhead' }) },
    'usual stack, retry at edge only': { propagates: true, policies: usual(ms, { retriesAt: ['edge'] }) },
    'usual stack, open for 5 s': { propagates: true, policies: usual(ms, { breaker: { maxOpenMs: 5_000 } }) },
  }
}

/** How a stack differs from the usual one. */
interface Difference {
  /** The kind of policy that is left out. */
  readonly without?: string
  readonly retriesAt?: readonly string[]
  readonly breaker?: { readonly maxOpenMs: number }
}

/** As the guide to ordering has it. */
function usual(ms: number, difference: Difference = {}): Stack['policies'] {
  const { without, retriesAt = ['edge', 'orders', 'inventory'], breaker = {} } = difference
  return ({ name, next }, kind, bw) => {
    const operation = `${next}.${kind}`
    const policies = [
      timeout({ totalMs: 3 * ms }),
      ...(retriesAt.includes(name) ? [retry({ budget: bw.retryBudget(next) })] : []),
      bw.circuitBreaker(operation, breaker),
      bw.bulkhead(operation),
      timeout({ ms }),
    ].filter((policy) => policy.kind !== without)
    return name === 'edge' ? [fallback((): Answer => 'degraded'), ...policies] : policies
  }
}
