import type { BalancerSettings } from './balancer-options.ts'
import type { Endpoint, EndpointStatus } from './endpoint.ts'
import type { EndpointState } from './endpoint-state.ts'
import { rampShare, type RouteLevel, type RoutePlan } from './route-plan.ts'
import type { StrategyName } from './strategies/strategies.ts'

/** How one endpoint stands, and why. */
export interface EndpointFacts {
  readonly id: string
  readonly status: EndpointStatus
  /** One sentence: `5 calls failed in a row; back in 12 s`. */
  readonly reason: string
  readonly priority: number
  readonly weight: number
  /** Null when it has none. */
  readonly zone: string | null
  /** 1, or less while it comes back by its slow start. */
  readonly rampShare: number
  /** Calls under way. */
  readonly inFlight: number
  /** How often it was chosen, ever. */
  readonly picks: number
  /** Peak EWMA; 0 when nothing is known. */
  readonly latencyMs: number
  readonly failuresInARow: number
  /** Until it is restored; null unless ejected. */
  readonly ejectedForMs: number | null
  readonly timesEjected: number
}

/** How one priority level stands. */
export interface PriorityFacts {
  readonly priority: number
  readonly endpoints: number
  readonly available: number
  /** The share of all calls that it gets, 0–1. */
  readonly share: number
  /** The share of those that stay in the caller's zone, 0–1; 1 when zones do not count. */
  readonly localShare: number
  readonly isPanicking: boolean
  /** One sentence: `3 of 4 endpoints are healthy: takes all calls`. */
  readonly reason: string
}

/** Why calls go where they go. */
export interface BalancerFacts {
  readonly strategy: StrategyName
  readonly load: 'in-flight' | 'peak-ewma'
  readonly endpoints: readonly EndpointFacts[]
  readonly priorities: readonly PriorityFacts[]
  readonly ejected: number
  /** How many may be ejected at once; 0 when ejection is off. */
  readonly maxEjected: number
}

/** What facts are made of. */
export interface BalancerSituation<E extends Endpoint> {
  readonly settings: BalancerSettings
  readonly states: readonly EndpointState<E>[]
  readonly plan: RoutePlan<E>
  readonly maxEjected: number
  readonly now: number
}

/** Says how a balancer stands, for people and pages. */
export function balancerFacts<E extends Endpoint>(situation: BalancerSituation<E>): BalancerFacts {
  const { settings, states, plan, maxEjected } = situation
  return {
    strategy: settings.strategy,
    load: settings.load,
    endpoints: states.map((state) => endpointFacts(state, situation)),
    priorities: plan.levels.map(priorityFacts),
    ejected: states.filter(({ ejection }) => ejection !== undefined).length,
    maxEjected,
  }
}

function endpointFacts<E extends Endpoint>(
  state: EndpointState<E>,
  { settings, now }: BalancerSituation<E>,
): EndpointFacts {
  const { id, status, priority, weight, inFlight, picks, failuresInARow, timesEjected } = state
  const share = rampShare(state, now, settings)
  return {
    id,
    status,
    reason: endpointReason(state, { now, share }),
    priority,
    weight,
    zone: state.zone ?? null,
    rampShare: share,
    inFlight,
    picks,
    latencyMs: state.latency.valueAt(now),
    failuresInARow,
    ejectedForMs: state.ejection === undefined ? null : state.ejection.until - now,
    timesEjected,
  }
}

function endpointReason(state: EndpointState, { now, share }: { now: number; share: number }): string {
  if (state.isDraining) return `drains: ${state.inFlight} calls are under way`
  if (state.ejection !== undefined) {
    const seconds = Math.ceil((state.ejection.until - now) / 1_000)
    return `${state.ejection.reason}; back in ${seconds} s`
  }
  if (state.isUnhealthy) return state.unhealthyReason
  return share < 1 ? `slow start: takes part in ${Math.round(100 * share)} % of choices` : 'healthy'
}

function priorityFacts<E extends Endpoint>(level: RouteLevel<E>): PriorityFacts {
  const { priority, members, available, share, localShare, isPanicking } = level
  const health = `${available.length} of ${members.length} endpoints are healthy`
  const percent = Math.round(100 * share)
  const taken = share >= 1 ? 'takes all calls' : `takes ${percent} % of calls`
  const reason = isPanicking ? `${health}: uses all, ${taken}` : `${health}: ${taken}`
  return {
    priority,
    endpoints: members.length,
    available: available.length,
    share,
    localShare,
    isPanicking,
    reason,
  }
}
