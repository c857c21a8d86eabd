import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import type { CallContext } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { Level } from '../pipeline/level.ts'
import type { PolicyStats } from '../pipeline/policy.ts'
import { systemRandom } from '../random/system-random.ts'
import { BalancedCall } from './balanced-call.ts'
import type {
  BalancedRunOptions,
  Balancer,
  EndpointPermit,
  EndpointWork,
  WrapOptions,
} from './balancer-api.ts'
import { NoEndpointError, NoEndpointRejection } from './balancer-errors.ts'
import type { BalancerEvent } from './balancer-events.ts'
import type { BalancerFacts } from './balancer-facts.ts'
import { type BalancerOptions, resolveBalancerOptions } from './balancer-options.ts'
import { type Endpoint, idOf } from './endpoint.ts'
import type { EndpointState } from './endpoint-state.ts'
import { EndpointPool } from './endpoint-pool.ts'
import { balancerLevel } from './balancer-level.ts'
import { runOnEndpoint } from './run-on-endpoint.ts'

/** The balancer behind `balancer`: the pool chooses, this runs. */
export class EndpointBalancer<E extends Endpoint> implements Balancer<E> {
  readonly kind = 'balancer'
  readonly name: string
  readonly #clock: Clock
  readonly #events = new Emitter<BalancerEvent>()
  readonly #pool: EndpointPool<E>
  readonly #alone: Pipeline
  #noEndpoint = 0

  constructor(options: BalancerOptions<E>) {
    const settings = resolveBalancerOptions(options)
    const { clock = systemClock, random = systemRandom, onEvent } = options
    this.name = settings.name
    this.#clock = clock
    if (onEvent !== undefined) this.#events.on(onEvent)
    const emit = (event: BalancerEvent): void => this.#events.emit(event)
    this.#pool = new EndpointPool(settings, { options, clock, random, emit })
    this.#alone = pipeline({ operation: this.name, policies: [], clock, random })
  }

  get endpoints(): readonly E[] {
    return this.#pool.states().map(({ endpoint }) => endpoint)
  }

  on(listener: (event: BalancerEvent) => void): () => void {
    return this.#events.on(listener)
  }

  run<T, Result = never>(
    work: EndpointWork<E, T>,
    options: BalancedRunOptions<Result> = {},
  ): Promise<T | Result> {
    const { pipeline: around, ...runOptions } = options
    const tried: EndpointState<E>[] = []
    const canBeCut = around !== undefined || runOptions.signal !== undefined
    const attempt = (context: CallContext): T | PromiseLike<T> => {
      const known = this.#pool.keepKnown()
      if (known === undefined) return this.#runOnNext(tried, { work, context, canBeCut })
      return known.then(() => {
        if (canBeCut) context.signal.throwIfAborted()
        return this.#runOnNext(tried, { work, context, canBeCut })
      })
    }
    const through: Pipeline<Result> = around ?? this.#alone
    return through.run(attempt, runOptions)
  }

  endpointOf(context: CallContext): E {
    if (context.endpoint !== undefined) return context.endpoint as E
    throw new TypeError(
      `Cannot read the endpoint of '${context.operation}' as balancer '${this.name}' is not in its pipeline`,
    )
  }

  compile(): Level {
    return balancerLevel<E>({
      known: () => this.#pool.keepKnown(),
      admit: (tried) => this.#admit(tried),
      refuse: () => new NoEndpointRejection(this.name, this.#pool.discoveryError),
    })
  }

  wrap<Args extends unknown[], T, Result = never>(
    fn: (endpoint: E, ...args: Args) => T | PromiseLike<T>,
    options: WrapOptions<Result> = {},
  ): (...args: Args) => Promise<T | Result> {
    return (...args) => this.run((endpoint) => fn(endpoint, ...args), { ...options, args })
  }

  pick(except: readonly E[] = []): EndpointPermit<E> | undefined {
    void this.#pool.keepKnown()
    const tried = except.map((endpoint) => this.#pool.get(idOf(endpoint)))
    return this.#admit(tried.filter((state) => state !== undefined))
  }

  async ready(): Promise<void> {
    await this.#pool.keepKnown()
  }

  refresh(): Promise<void> {
    return this.#pool.refresh()
  }

  add(endpoint: E): void {
    this.#pool.add(endpoint)
  }

  remove(id: string): boolean {
    return this.#pool.remove(id)
  }

  drain(id: string): Promise<void> {
    return this.#pool.drain(id)
  }

  markHealthy(id: string): void {
    this.#pool.markHealthy(id)
  }

  markUnhealthy(id: string, reason = 'a health probe failed'): void {
    this.#pool.markUnhealthy(id, reason)
  }

  explain(): BalancerFacts {
    return this.#pool.facts()
  }

  stats(): PolicyStats {
    const { counters, gauges } = this.#pool.stats()
    return { counters: { ...counters, noEndpoint: this.#noEndpoint }, gauges }
  }

  #runOnNext<T>(
    tried: EndpointState<E>[],
    attempt: { work: EndpointWork<E, T>; context: CallContext; canBeCut: boolean },
  ): T | Promise<T> {
    const call = this.#admit(tried)
    if (call === undefined) throw new NoEndpointError(this.name, this.#pool.discoveryError)
    tried.push(call.state)
    return runOnEndpoint(call, attempt)
  }

  #admit(tried: readonly EndpointState<E>[]): BalancedCall<E> | undefined {
    const now = this.#clock.now()
    const state = this.#pool.choose(now, tried)
    if (state !== undefined) return new BalancedCall(this.#pool, state, now)
    this.#noEndpoint++
    return undefined
  }
}
