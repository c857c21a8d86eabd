import type { CircuitBreaker } from './circuit-breaker-api.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'
import { StateMachineBreaker } from './state-machine-breaker.ts'

/**
 * Makes a circuit breaker: it stops calling a dependency that fails, and tries again carefully.
 *
 *                 failures ≥ threshold
 *      ┌────────┐ ──────────────────────▶ ┌──────┐ ◀── a trial failed, open time doubled ──┐
 *      │ closed │                         │ open │                                         │
 *      └────────┘ ◀─ trials succeeded ─┐  └──────┘ ── open time over, next call ──▶ ┌───────────┐
 *                                      └─────────────────────────────────────────── │ half-open │
 *                                                                                   └───────────┘
 *
 * An outcome counts only in the very state that admitted its call: a result from before the circuit opened changes
 * nothing afterwards. Refusals by other policies and aborts by the caller never count.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see Nygard, "Release It!" (2007), chapter 5; generations as in sony/gobreaker
 * @example
 * const stripe = circuitBreaker({ name: 'stripe', failureRatio: 0.5, minimumCalls: 20, openMs: 5_000 })
 * const receipt = await stripe.run(({ signal }) => charge(order, signal))
 */
export function circuitBreaker(options: CircuitBreakerOptions = {}): CircuitBreaker {
  return new StateMachineBreaker(options)
}
