import { adaptiveThrottle } from '../../src/adaptive-throttle/adaptive-throttle.ts'
import { aimd } from '../../src/concurrency-limiter/aimd.ts'
import { concurrencyLimiter } from '../../src/concurrency-limiter/concurrency-limiter.ts'
import { gradient2 } from '../../src/concurrency-limiter/gradient2.ts'
import type { LimitAlgorithm } from '../../src/concurrency-limiter/limit-algorithm.ts'
import { vegas } from '../../src/concurrency-limiter/vegas.ts'
import type { OverloadRun } from './overload-run.ts'

/** What the server of {@link overload} does at most: twenty workers at 100 ms. */
export const capacity = 200
/** What the server of {@link refusals} does at most, when it does nothing but requests. */
export const refusingCapacity = 50

/** From second 10 to 50 three times the capacity is offered, before and after it half. */
const overload = {
  seconds: 70,
  offeredAt: (second: number): number => (second >= 10 && second < 50 ? 3 * capacity : capacity / 2),
  timeoutMs: 1_000,
  server: { workers: 20, serviceMs: 100 },
} satisfies OverloadRun

/** From second 10 to 50 eight times the capacity is offered, to a server for which a refusal is a fifth of the work. */
const refusals = {
  seconds: 70,
  offeredAt: (second: number): number =>
    second >= 10 && second < 50 ? 8 * refusingCapacity : refusingCapacity / 2,
  timeoutMs: 5_000,
  server: { workers: 5, serviceMs: 100, backlog: 10, refusalCost: 0.2 },
} satisfies OverloadRun

const limited = (algorithm: LimitAlgorithm): OverloadRun => ({
  ...overload,
  policy: (clock, random) =>
    concurrencyLimiter({ algorithm, initialLimit: 20, minLimit: 1, maxLimit: 500, clock, random }),
})

/** Every run, by name: what tests assert and plots show. */
export const scenarios: Readonly<Record<string, OverloadRun>> = {
  'overload, no limiter': overload,
  'overload, aimd': limited(aimd({ timeoutMs: 300 })),
  'overload, vegas': limited(vegas()),
  'overload, gradient2': limited(gradient2()),
  'refusals, no throttle': refusals,
  'refusals, adaptive throttle': {
    ...refusals,
    policy: (clock, random) => adaptiveThrottle({ windowMs: 10_000, clock, random }),
  },
}
