import type { Criticality } from '../pipeline/call-context.ts'

/** How much of the service still works: `normal` < `degraded` < `minimal` < `emergency`. */
export type RetryLevel = 'normal' | 'degraded' | 'minimal' | 'emergency'

/** How many retries a call of each criticality may have. */
export type RetriesByCriticality = Readonly<Partial<Record<Criticality, number>>>

/** What is left of a number of retries at each level: all, half of them (rounded up), one, none. */
export const retriesAtLevel: Readonly<Record<RetryLevel, (retries: number) => number>> = {
  normal: (retries) => retries,
  degraded: (retries) => Math.ceil(retries / 2),
  minimal: (retries) => Math.min(retries, 1),
  emergency: () => 0,
}
