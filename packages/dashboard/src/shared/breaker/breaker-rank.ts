import type { BreakerView, PolicyView } from 'breakwater/protocol'
import { effectiveState } from '../health/health-glyph.ts'

/** A policy that is a circuit breaker. */
export type BreakerPolicy = PolicyView & { readonly breaker: BreakerView }

const order = ['open', 'forced-open', 'half-open', 'forced-closed', 'closed', 'unknown']

/** The circuit breakers among policies, the worst first, then by name. */
export function rankBreakers(policies: readonly PolicyView[]): BreakerPolicy[] {
  return policies.filter(isBreaker).sort((a, b) => rank(a) - rank(b) || compare(policyKey(a), policyKey(b)))
}

/** Whether a policy is a circuit breaker. */
export function isBreaker(policy: PolicyView): policy is BreakerPolicy {
  return policy.breaker !== null
}

/** Whether a person should look at a breaker: it is not closed, or not left to itself. */
export function needsPerson({ breaker }: BreakerPolicy): boolean {
  return (
    breaker.facts.state !== 'closed' || breaker.appliedOverride !== 'automatic' || breaker.override !== null
  )
}

/** What names a policy among all: kind, service and name. */
export function policyKey({ kind, service, name }: PolicyView): string {
  return `${kind} ${service} ${name}`
}

function rank({ breaker }: BreakerPolicy): number {
  return order.indexOf(effectiveState(breaker.facts.state, breaker.appliedOverride))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
