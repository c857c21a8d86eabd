import type { Endpoint } from './endpoint.ts'
import type { EndpointState } from './endpoint-state.ts'
import { priorityShares, type SpillRules } from './priority-shares.ts'
import { slowStartShare, type SlowStartOptions } from './slow-start.ts'

/** What a plan follows from, besides the endpoints. */
export interface RouteRules extends SpillRules {
  readonly zone?: string | undefined
  readonly slowStart: Readonly<Required<SlowStartOptions>> | false
}

/** One priority level, and where its calls go. */
export interface RouteLevel<E extends Endpoint> {
  readonly priority: number
  /** All but those that drain. */
  readonly members: readonly EndpointState<E>[]
  readonly available: readonly EndpointState<E>[]
  readonly share: number
  readonly isPanicking: boolean
  /** Usable endpoints of the caller's zone; all of them when zones do not count. */
  readonly local: readonly EndpointState<E>[]
  /** The other usable endpoints. */
  readonly remote: readonly EndpointState<E>[]
  /** The share of the level's calls that stays in the zone. */
  readonly localShare: number
}

/** Where calls go until something changes. */
export interface RoutePlan<E extends Endpoint> {
  /** The most preferred first. Empty when there is no endpoint that does not drain. */
  readonly levels: readonly RouteLevel<E>[]
  /** Some endpoint has its slow start: the plan is out of date soon. */
  readonly isRamping: boolean
}

/** The share that an endpoint gets at `now`, as far as its slow start is concerned. */
export function rampShare(state: EndpointState, now: number, rules: Pick<RouteRules, 'slowStart'>): number {
  if (state.rampSince === undefined || rules.slowStart === false) return 1
  return slowStartShare(now - state.rampSince, rules.slowStart)
}

/** Puts a plan together. */
export function planRoutes<E extends Endpoint>(
  states: Iterable<EndpointState<E>>,
  rules: RouteRules,
  now: number,
): RoutePlan<E> {
  const byPriority = new Map<number, EndpointState<E>[]>()
  let isRamping = false
  for (const state of states) {
    if (state.isDraining) continue
    if (rampShare(state, now, rules) >= 1) state.rampSince = undefined
    else if (state.isAvailable) isRamping = true
    const members = byPriority.get(state.priority)
    if (members === undefined) byPriority.set(state.priority, [state])
    else members.push(state)
  }
  const groups = Array.from(byPriority, ([priority, members]) => groupOf(priority, members))
  groups.sort((a, b) => a.priority - b.priority)
  const shareOf = (state: EndpointState<E>): number => rampShare(state, now, rules)
  return { levels: levelsOf(groups, rules, shareOf), isRamping }
}

interface Group<E extends Endpoint> {
  readonly priority: number
  readonly members: readonly EndpointState<E>[]
  readonly available: readonly EndpointState<E>[]
}

function groupOf<E extends Endpoint>(priority: number, members: readonly EndpointState<E>[]): Group<E> {
  return { priority, members, available: members.filter((state) => state.isAvailable) }
}

function levelsOf<E extends Endpoint>(
  groups: readonly Group<E>[],
  rules: RouteRules,
  shareOf: (state: EndpointState<E>) => number,
): readonly RouteLevel<E>[] {
  const sumOf = (states: readonly EndpointState<E>[]): number =>
    states.reduce((total, state) => total + shareOf(state), 0)
  const shares = priorityShares(
    groups.map(({ members, available }) => ({
      total: members.length,
      available: available.length,
      ramped: sumOf(available),
    })),
    rules,
  )
  return groups.map((group, index) => {
    const { share = 0, isPanicking = false } = shares[index] ?? {}
    return { ...group, share, isPanicking, ...zonesOf(group, { rules, isPanicking, sumOf }) }
  })
}

function zonesOf<E extends Endpoint>(
  { members, available }: Group<E>,
  how: {
    readonly rules: RouteRules
    readonly isPanicking: boolean
    readonly sumOf: (states: readonly EndpointState<E>[]) => number
  },
): Pick<RouteLevel<E>, 'local' | 'remote' | 'localShare'> {
  const { zone, overprovisioning } = how.rules
  if (how.isPanicking) return { local: members, remote: [], localShare: 1 }
  if (zone === undefined) return { local: available, remote: [], localShare: 1 }
  const local = available.filter((state) => state.zone === zone)
  const remote = available.filter((state) => state.zone !== zone)
  if (local.length === 0) return { local, remote, localShare: 0 }
  if (remote.length === 0) return { local, remote, localShare: 1 }
  const total = members.filter((state) => state.zone === zone).length
  return { local, remote, localShare: Math.min(1, (overprovisioning * how.sumOf(local)) / total) }
}
