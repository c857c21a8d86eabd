import type { PolicyView } from 'breakwater/protocol'
import {
  type BreakerPolicy,
  isBreaker,
  needsPerson,
  policyKey,
  rankBreakers,
} from '../../../shared/breaker/breaker-rank.ts'
import type { Query } from '../../../shared/router/query.ts'

/** What the list of policies is narrowed to; empty means all. */
export interface PolicyFilters {
  readonly q: string
  readonly kind: string
  readonly service: string
}

/** The policies that match: breakers, worst first, and the others by name. */
export interface MatchedPolicies {
  readonly breakers: readonly BreakerPolicy[]
  readonly others: readonly PolicyView[]
  /** How many breakers a person should look at. */
  readonly attention: number
}

/** Reads the filters of an address. */
export function parsePolicyFilters({ q = '', kind = '', service = '' }: Query): PolicyFilters {
  return { q, kind, service }
}

/** The filters as one would type them; empty without any. */
export function policyFilterWords({ q, kind, service }: PolicyFilters): string {
  const named = Object.entries({ kind, service }).filter(([, value]) => value !== '')
  const words = named.map(([name, value]) => `${name}:${value}`)
  return [...words, ...(q === '' ? [] : [`"${q}"`])].join(' ')
}

/** The change of the address that clears all filters. */
export const clearedPolicyFilters: Query = { q: '', kind: '', service: '' }

/** Splits and orders the policies that match. */
export function matchPolicies(policies: readonly PolicyView[], filters: PolicyFilters): MatchedPolicies {
  const matching = policies.filter((policy) => matches(policy, filters))
  const breakers = rankBreakers(matching)
  const others = matching
    .filter((policy) => !isBreaker(policy))
    .sort((a, b) => (policyKey(a) < policyKey(b) ? -1 : 1))
  return { breakers, others, attention: breakers.filter(needsPerson).length }
}

function matches({ service, kind, name }: PolicyView, filters: PolicyFilters): boolean {
  if (filters.kind !== '' && kind !== filters.kind) return false
  if (filters.service !== '' && service !== filters.service) return false
  return `${service} ${name}`.toLowerCase().includes(filters.q.toLowerCase())
}
