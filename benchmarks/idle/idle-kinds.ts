import { idleBreakers } from './breakers.ts'
import { idleBulkheads } from './bulkheads.ts'
import type { IdleKind } from './idle-kind.ts'
import { idleRateLimiters } from './rate-limiters.ts'
import { idleRetryBudgets } from './retry-budgets.ts'

/** What is measured at rest, by the name of its suite. */
export const idleKinds = {
  idle: idleBreakers,
  'idle-rate-limiter': idleRateLimiters,
  'idle-bulkhead': idleBulkheads,
  'idle-retry-budget': idleRetryBudgets,
} as const satisfies Readonly<Record<string, IdleKind>>

/** The name of a suite of things at rest. */
export type IdleSuiteName = keyof typeof idleKinds
