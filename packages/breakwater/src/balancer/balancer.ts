import type { Balancer } from './balancer-api.ts'
import type { BalancerOptions } from './balancer-options.ts'
import type { Endpoint, EndpointFields } from './endpoint.ts'
import { EndpointBalancer } from './endpoint-balancer.ts'

/**
 * Makes a balancer: it chooses an endpoint for each call, stops using those that fail more than the others, and comes back to
 * them carefully.
 *
 *     call ─▶ priority level ─▶ zone ─▶ not tried yet ─▶ slow start ─▶ strategy ─▶ endpoint
 *             by health         own     by this call     lets it       p2c, …         │
 *                               first                    take part                    ▼
 *                ▲                                                        outcome, latency, in flight
 *                └── ejected or restored ◀── failures in a row, success rate, failure ratio ◀──┘
 *
 * Nothing runs while no calls are made: there are no timers. With policies given as `pipeline`, each retry and each hedge
 * of a call goes to another endpoint as long as a healthy one is left.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier
 * @example
 * const api = balancer({ endpoints: ['http://10.0.0.1', 'http://10.0.0.2'] })
 * const user = await api.run((url, { signal }) => fetch(`${url}/users/7`, { signal }))
 */
export function balancer(options: BalancerOptions<string>): Balancer<string>
/** Makes a balancer of endpoints that are objects of your own: the work gets the very object. */
export function balancer<E extends EndpointFields>(options: BalancerOptions<E>): Balancer<E>
export function balancer<E extends Endpoint>(options: BalancerOptions<E>): Balancer<E> {
  return new EndpointBalancer(options)
}
