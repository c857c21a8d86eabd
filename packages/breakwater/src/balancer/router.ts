import type { Random } from '../random/random.ts'
import type { BalancerSettings } from './balancer-options.ts'
import type { Endpoint } from './endpoint.ts'
import type { EndpointSet } from './endpoint-set.ts'
import type { EndpointState } from './endpoint-state.ts'
import { inFlightLoad, latencyLoad } from './load.ts'
import { planRoutes, rampShare, type RouteLevel, type RoutePlan } from './route-plan.ts'
import { strategies } from './strategies/strategies.ts'
import type { Choice, Strategy } from './strategies/strategy.ts'

/** Told when calls go another way than before. */
export type PlanListener<E extends Endpoint> = (before: RoutePlan<E>, after: RoutePlan<E>) => void

/** How far the slow start moves on before the shares are computed again. */
const rampSteps = 100

/**
 * Chooses: first a priority level by its share, then the own zone or the others, then, without those that the call has
 * tried and those whose slow start does not let them take part, by the strategy.
 */
export class Router<E extends Endpoint> {
  readonly #settings: BalancerSettings
  readonly #set: EndpointSet<E>
  readonly #random: Random
  readonly #onPlan: PlanListener<E>
  readonly #strategy: Strategy
  readonly #load: Choice<EndpointState<E>>['load']
  #plan: RoutePlan<E> = { levels: [], isRamping: false }
  #version = -1
  #validUntil = Infinity
  #picks = 0
  /** Picks that a panicking level took, ever. */
  panicPicks = 0

  constructor(
    settings: BalancerSettings,
    parts: { set: EndpointSet<E>; random: Random; onPlan: PlanListener<E> },
  ) {
    this.#settings = settings
    this.#set = parts.set
    this.#random = parts.random
    this.#onPlan = parts.onPlan
    this.#strategy = strategies[settings.strategy]
    this.#load = settings.load === 'peak-ewma' ? latencyLoad : inFlightLoad
  }

  /** Where calls go at `now`. */
  plan(now: number): RoutePlan<E> {
    const current = this.#plan
    if (this.#version === this.#set.version && now < this.#validUntil) return current
    const { slowStart } = this.#settings
    const plan = planRoutes(this.#set.all(), this.#settings, now)
    this.#plan = plan
    this.#version = this.#set.version
    this.#validUntil = plan.isRamping && slowStart !== false ? now + slowStart.windowMs / rampSteps : Infinity
    this.#onPlan(current, plan)
    return plan
  }

  /** An endpoint for a call that has tried `tried`, the last one last; undefined when there is none at all. */
  choose(now: number, tried: readonly EndpointState<E>[]): EndpointState<E> | undefined {
    const plan = this.plan(now)
    const level = this.#drawLevel(plan.levels)
    if (level === undefined) return undefined
    if (level.isPanicking) this.panicPicks++
    const zoned = this.#drawZone(level)
    const untried = tried.length === 0 ? zoned : withoutTried({ plan, level, zoned, tried })
    const pool = plan.isRamping ? this.#takingPart(untried, now) : untried
    const pick = ++this.#picks
    const state = this.#strategy({ pool, now, pick, random: this.#random, load: this.#load })
    state.lastPick = pick
    return state
  }

  #drawLevel(levels: readonly RouteLevel<E>[]): RouteLevel<E> | undefined {
    const [first] = levels
    if (first === undefined || first.share >= 1) return first
    let left = this.#random.next()
    let last: RouteLevel<E> | undefined
    for (const level of levels) {
      if (level.share <= 0) continue
      last = level
      left -= level.share
      if (left < 0) return level
    }
    return last
  }

  #drawZone({ local, remote, localShare }: RouteLevel<E>): readonly EndpointState<E>[] {
    if (localShare >= 1) return local
    return this.#random.next() < localShare ? local : remote
  }

  /** An endpoint in its slow start takes part in as many choices as its share says: right for each strategy. */
  #takingPart(pool: readonly EndpointState<E>[], now: number): readonly EndpointState<E>[] {
    const part = pool.filter((state) => {
      const share = rampShare(state, now, this.#settings)
      return share >= 1 || this.#random.next() < share
    })
    return part.length === 0 ? pool : part
  }
}

/** The nearest that the call has not tried; when there is none, any but the last one. */
function withoutTried<E extends Endpoint>(from: {
  readonly plan: RoutePlan<E>
  readonly level: RouteLevel<E>
  readonly zoned: readonly EndpointState<E>[]
  readonly tried: readonly EndpointState<E>[]
}): readonly EndpointState<E>[] {
  const { plan, level, zoned, tried } = from
  const pools = [zoned, level.local, level.remote, ...plan.levels.map(({ available }) => available)]
  const last = tried.at(-1)
  return (
    firstWith(pools, (state) => !tried.includes(state)) ??
    firstWith(pools, (state) => state !== last) ??
    zoned
  )
}

function firstWith<E extends Endpoint>(
  pools: readonly (readonly EndpointState<E>[])[],
  isWanted: (state: EndpointState<E>) => boolean,
): readonly EndpointState<E>[] | undefined {
  for (const pool of pools) {
    const wanted = pool.filter(isWanted)
    if (wanted.length > 0) return wanted
  }
  return undefined
}
