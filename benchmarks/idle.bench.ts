import { idleSuite } from './idle/idle-suite.ts'
import type { Suite } from './harness/suite.ts'

/** Breakers at rest. */
export const idleBreakerSuite: Suite = idleSuite(
  'idle',
  'breakers by a ratio in a window: "breakwater, keyed" and effect keep one for each key of one object',
)

/** Keyed rate limits at rest. */
export const idleRateLimiterSuite: Suite = idleSuite(
  'idle-rate-limiter',
  'rate limits of 100 a minute: keys of one object, but mollitia has a circuit for each',
)

/** Bulkheads at rest. */
export const idleBulkheadSuite: Suite = idleSuite(
  'idle-bulkhead',
  'bulkheads of 10 with a queue; those of p-limit and effect have no end',
)

/** Retry budgets at rest. */
export const idleRetryBudgetSuite: Suite = idleSuite(
  'idle-retry-budget',
  'retry budgets, one for each dependency; none of the others has one',
)
