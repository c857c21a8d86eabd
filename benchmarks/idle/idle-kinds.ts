import type { IdleKind } from './idle-kind.ts'

/** What is measured at rest, by the name of its suite; loaded when asked for, as each process needs one. */
export const idleKinds = {
  idle: async () => (await import('./breakers.ts')).idleBreakers,
  'idle-rate-limiter': async () => (await import('./rate-limiters.ts')).idleRateLimiters,
  'idle-bulkhead': async () => (await import('./bulkheads.ts')).idleBulkheads,
  'idle-retry-budget': async () => (await import('./retry-budgets.ts')).idleRetryBudgets,
} as const satisfies Readonly<Record<string, () => Promise<IdleKind>>>

/** The name of a suite of things at rest. */
export type IdleSuiteName = keyof typeof idleKinds
