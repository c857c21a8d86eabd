import type { CallContext, RunOptions } from '../pipeline/call-context.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import type { Policy } from '../pipeline/policy.ts'
import type { BalancerEvent } from './balancer-events.ts'
import type { BalancerFacts } from './balancer-facts.ts'
import type { Endpoint } from './endpoint.ts'

/** One call to one endpoint, chosen by hand. It is ended once; later ends are ignored. */
export interface EndpointPermit<E extends Endpoint> {
  readonly endpoint: E
  /** The endpoint answered. */
  succeed(): void
  /** The call failed; errors that `isFailure` excludes count as {@link EndpointPermit.ignore}. */
  fail(error: unknown): void
  /** The call says nothing about the endpoint. */
  ignore(): void
}

/** The function that a balancer runs: it is told which endpoint to call. */
export type EndpointWork<E extends Endpoint, T> = (endpoint: E, context: CallContext) => T | PromiseLike<T>

/** What may be said about a single balanced call. */
export interface BalancedRunOptions<Result = never> extends RunOptions {
  /**
   * Policies around each choice: a retry or a hedge in it goes to another endpoint than those that this call has tried, as
   * long as a healthy one is left. @default none
   */
  readonly pipeline?: Pipeline<Result>
}

/** What is said once about all calls of a wrapped function. */
export interface WrapOptions<Result = never> {
  /** As for {@link BalancedRunOptions}. */
  readonly pipeline?: Pipeline<Result>
}

/** A balancer, as `balancer` makes it. */
export interface Balancer<E extends Endpoint> extends Policy {
  readonly kind: 'balancer'
  /** The endpoints, those that drain included. */
  readonly endpoints: readonly E[]
  /** Runs work against an endpoint, once for each attempt that the pipeline makes. */
  run<T, Result = never>(work: EndpointWork<E, T>, options?: BalancedRunOptions<Result>): Promise<T | Result>
  /**
   * What it chose for this attempt, where it stands in the pipeline's `policies`.
   *
   * @throws {TypeError} when no balancer does
   */
  endpointOf(context: CallContext): E
  /** The function with the endpoint chosen for it: what is left are its other arguments. */
  wrap<Args extends unknown[], T, Result = never>(
    fn: (endpoint: E, ...args: Args) => T | PromiseLike<T>,
    options?: WrapOptions<Result>,
  ): (...args: Args) => Promise<T | Result>
  /**
   * Chooses an endpoint by hand, other than those in `except` if another is healthy; undefined when there is none at all.
   * With `discover` and nothing known yet, wait for {@link Balancer.ready} first.
   */
  pick(except?: readonly E[]): EndpointPermit<E> | undefined
  /** Resolves when endpoints are known: at once, or after the first discovery. */
  ready(): Promise<void>
  /** Asks `discover` now. Never rejects: a failure is an event and a counter. */
  refresh(): Promise<void>
  /**
   * Adds an endpoint, or updates the one of the same id: what was learned of it stays, and it does not drain any more.
   *
   * @throws {TypeError | RangeError} when it is no endpoint, or there are `maxEndpoints` already
   */
  add(endpoint: E): void
  /** Takes an endpoint out at once; false when there is none of that id. Its calls under way end by themselves. */
  remove(id: string): boolean
  /** Gives an endpoint no further calls; resolves when its last one has ended and it is gone, or was added again. */
  drain(id: string): Promise<void>
  /** A health probe passed: an ejection ends, and the endpoint comes back by its slow start. */
  markHealthy(id: string): void
  /** A health probe failed: no calls until {@link Balancer.markHealthy}, but in a panic. */
  markUnhealthy(id: string, reason?: string): void
  /** Why calls go where they go. */
  explain(): BalancerFacts
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: BalancerEvent) => void): () => void
}
