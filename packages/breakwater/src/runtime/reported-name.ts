import { policyKinds } from '../protocol/index.ts'
import type { Reported } from './policy-registry.ts'

/** The names that policies have when they were given none: their kind's, but for the timeout of a whole call. */
const defaultNames: ReadonlySet<string> = new Set([...policyKinds, 'total-timeout'])

/** Under which name a policy of an operation is reported: its own, or the operation's when it was given none. */
export function reportedName(policy: Reported, operation: string): string {
  if (!defaultNames.has(policy.name)) return policy.name
  return policy.name === 'total-timeout' ? `${operation} (total)` : operation
}
