import type { Reported } from './policy-registry.ts'

/** The names that policies have when they were given none. */
const defaultNames: ReadonlySet<string> = new Set([
  'circuit-breaker',
  'bulkhead',
  'retry',
  'timeout',
  'total-timeout',
  'fallback',
  'hedge',
  'cache',
  'coalescing',
  'rate-limiter',
  'concurrency-limiter',
  'adaptive-throttle',
  'balancer',
  'chaos',
])

/** Under which name a policy of an operation is reported: its own, or the operation's when it was given none. */
export function reportedName(policy: Reported, operation: string): string {
  if (!defaultNames.has(policy.name)) return policy.name
  return policy.name === 'total-timeout' ? `${operation} (total)` : operation
}
