import type { Clock } from '../clock/clock.ts'
import type { PolicyStats } from '../pipeline/policy.ts'
import type { Random } from '../random/random.ts'
import type { BalancedCall, CallLedger, Judgement } from './balanced-call.ts'
import type { BalancerEvent } from './balancer-events.ts'
import { type BalancerFacts, balancerFacts } from './balancer-facts.ts'
import type { BalancerOptions, BalancerSettings } from './balancer-options.ts'
import { Discovery } from './discovery.ts'
import type { Endpoint } from './endpoint.ts'
import { EndpointSet } from './endpoint-set.ts'
import type { EndpointState } from './endpoint-state.ts'
import { Membership } from './membership.ts'
import { OutlierDetector } from './outlier-detector.ts'
import { planEvents } from './plan-events.ts'
import { Router } from './router.ts'

/** What a pool is made with. */
export interface PoolParts<E extends Endpoint> {
  readonly options: Pick<BalancerOptions<E>, 'endpoints' | 'discover'>
  readonly clock: Clock
  readonly random: Random
  readonly emit: (event: BalancerEvent) => void
}

/** The endpoints and all that is decided about them: who belongs, who is ejected, who is next. */
export class EndpointPool<E extends Endpoint> implements CallLedger<E> {
  readonly isFailure: (error: unknown) => boolean
  readonly #settings: BalancerSettings
  readonly #clock: Clock
  readonly #emit: (event: BalancerEvent) => void
  readonly #set = new EndpointSet<E>()
  readonly #members: Membership<E>
  readonly #detector: OutlierDetector<E> | undefined
  readonly #router: Router<E>
  readonly #discovery: Discovery<E> | undefined
  readonly #counts = { picks: 0, ejections: 0, restored: 0, discoveries: 0, discoveryFailures: 0, dropped: 0 }
  #inFlight = 0

  constructor(settings: BalancerSettings, { options, clock, random, emit }: PoolParts<E>) {
    this.#settings = settings
    this.#clock = clock
    this.#emit = emit
    this.isFailure = settings.isFailure
    const set = this.#set
    const policy = settings.name
    this.#members = new Membership(set, settings, {
      added: (endpoint) => emit({ type: 'EndpointAdded', policy, endpoint }),
      removed: (endpoint, wasDrained) => {
        this.#detector?.keepLimit(clock.now())
        emit({ type: 'EndpointRemoved', policy, endpoint, wasDrained })
      },
    })
    for (const endpoint of options.endpoints ?? []) this.#members.add(endpoint, undefined)
    this.#detector = this.#makeDetector(random)
    this.#router = new Router(settings, {
      set,
      random,
      onPlan: (before, after) => planEvents(policy, before, after).forEach(emit),
    })
    this.#discovery = this.#makeDiscovery(options.discover)
  }

  get discoveryError(): unknown {
    return this.#discovery?.lastError
  }

  states(): readonly EndpointState<E>[] {
    return [...this.#set.all()]
  }

  get(id: string): EndpointState<E> | undefined {
    return this.#set.get(id)
  }

  /** Starts a discovery if it is time; a promise only when there is no endpoint yet and one is under way. */
  keepKnown(): Promise<void> | undefined {
    const underWay = this.#discovery?.keepFresh(this.#clock.now())
    return this.#set.size === 0 ? underWay : undefined
  }

  async refresh(): Promise<void> {
    await this.#discovery?.refresh()
  }

  /** Chooses, and counts the call in. */
  choose(now: number, tried: readonly EndpointState<E>[]): EndpointState<E> | undefined {
    this.#detector?.catchUp(now)
    const state = this.#router.choose(now, tried)
    if (state === undefined) return undefined
    state.inFlight++
    state.picks++
    this.#inFlight++
    this.#counts.picks++
    return state
  }

  judged(call: BalancedCall<E>, judgement: Judgement): void {
    const { state, generation } = call
    if (judgement === 'none') return
    const now = this.#clock.now()
    measure(call, judgement, now)
    this.#detector?.catchUp(now)
    const isCurrent = generation === state.generation && this.#set.get(state.id) === state
    if (!isCurrent || judgement === 'late') return
    if (judgement === 'good') {
      state.failuresInARow = 0
      this.#detector?.succeed(state)
    } else {
      state.failuresInARow++
      state.failedAt = now
      this.#detector?.fail(state, now)
    }
  }

  released({ state }: BalancedCall<E>): void {
    state.inFlight--
    this.#inFlight--
    this.#members.callEnded(state)
  }

  add(endpoint: E): void {
    this.#members.add(endpoint, this.#clock.now())
  }

  remove(id: string): boolean {
    const state = this.#set.get(id)
    return state !== undefined && this.#members.remove(state)
  }

  async drain(id: string): Promise<void> {
    const state = this.#set.get(id)
    if (state !== undefined) await this.#members.drain(state)
  }

  markHealthy(id: string): void {
    const state = this.#set.get(id)
    if (state === undefined) return
    this.#detector?.restore(state, 'probe', this.#clock.now())
    if (!state.isUnhealthy) return
    state.isUnhealthy = false
    this.#healthChanged(state, 'a health probe passed')
  }

  markUnhealthy(id: string, reason: string): void {
    const state = this.#set.get(id)
    if (state === undefined || state.isUnhealthy) return
    state.isUnhealthy = true
    state.unhealthyReason = reason
    this.#healthChanged(state, reason)
  }

  facts(): BalancerFacts {
    const now = this.#clock.now()
    this.#detector?.catchUp(now)
    const plan = this.#router.plan(now)
    const maxEjected = this.#detector?.limit ?? 0
    return balancerFacts({ settings: this.#settings, states: this.states(), plan, maxEjected, now })
  }

  stats(): PolicyStats {
    const { size: endpoints, ejected } = this.#set
    const available = this.states().filter((state) => state.isAvailable).length
    const { panicPicks } = this.#router
    const ejectionsRefused = this.#detector?.refused ?? 0
    return {
      counters: { ...this.#counts, panicPicks, ejectionsRefused },
      gauges: { endpoints, available, ejected, inFlight: this.#inFlight },
    }
  }

  #makeDetector(random: Random): OutlierDetector<E> | undefined {
    const { outlierEjection, name: policy } = this.#settings
    if (outlierEjection === false) return undefined
    return new OutlierDetector(outlierEjection, {
      set: this.#set,
      random,
      now: this.#clock.now(),
      listener: {
        ejected: ({ id: endpoint, timesEjected: times }, { reason, forMs }) => {
          this.#counts.ejections++
          this.#emit({ type: 'EndpointEjected', policy, endpoint, reason, forMs, times })
        },
        restored: (state, because) => {
          this.#counts.restored++
          state.rampSince = this.#clock.now()
          this.#emit({ type: 'EndpointRestored', policy, endpoint: state.id, because })
        },
      },
    })
  }

  #makeDiscovery(discover: BalancerOptions<E>['discover']): Discovery<E> | undefined {
    if (discover === undefined) return undefined
    const { name: policy, discoverEveryMs: everyMs, discoverTimeoutMs: timeoutMs } = this.#settings
    return new Discovery({
      discover,
      everyMs,
      timeoutMs,
      clock: this.#clock,
      found: (endpoints) => {
        this.#counts.discoveries++
        const count = this.#members.replace(endpoints, this.#set.size === 0 ? undefined : this.#clock.now())
        this.#counts.dropped += count
        if (count > 0) this.#emit({ type: 'EndpointsDropped', policy, count })
      },
      failed: (error) => {
        this.#counts.discoveryFailures++
        this.#emit({ type: 'DiscoveryFailed', policy, error })
      },
    })
  }

  #healthChanged(state: EndpointState<E>, reason: string): void {
    const { isUnhealthy, id: endpoint } = state
    if (!isUnhealthy) state.rampSince = this.#clock.now()
    this.#set.version++
    const isHealthy = !isUnhealthy
    this.#emit({ type: 'EndpointHealthChanged', policy: this.#settings.name, endpoint, isHealthy, reason })
  }
}

/** A failure says nothing about how fast an answer is, so it never makes an endpoint look faster: not even by letting time pass. */
function measure<E extends Endpoint>(call: BalancedCall<E>, judgement: Judgement, now: number): void {
  const { latency } = call.state
  const elapsedMs = now - call.startedAt
  if (judgement === 'good') latency.record(elapsedMs, now)
  else if (judgement === 'bad') latency.renew(elapsedMs, now)
  else latency.recordAtLeast(elapsedMs, now)
}
