import type { Criticality } from '../pipeline/call-context.ts'

/** How much of the service still works: `normal` < `degraded` < `minimal` < `emergency`. */
export type RetryLevel = 'normal' | 'degraded' | 'minimal' | 'emergency'

/** How many retries a call of each criticality may have. */
export type RetriesByCriticality = Readonly<Partial<Record<Criticality, number>>>

/** What is left of a number of retries at a level: all, half of them (rounded up), one, none. */
export function retriesAtLevel(level: RetryLevel | undefined, retries: number): number {
  if (level === 'degraded') return Math.ceil(retries / 2)
  if (level === 'minimal') return Math.min(retries, 1)
  return level === 'emergency' ? 0 : retries
}
