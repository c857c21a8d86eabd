import { Effect, Layer, Scope } from 'effect'
import { CircuitBreaker, RateLimiter } from 'effect/persistence'
import type { Work } from '../harness/work.ts'

/** The work as an effect that fails with the work's own error. */
export type Protected = Effect.Effect<unknown, unknown>

/** The work as an effect. */
export function effectOf(work: Work): Protected {
  return Effect.tryPromise({ try: work, catch: (error) => error })
}

/** An effect, described once, run for each call: the way to use Effect from code that is not written with it. */
export function effectTrial(protectedWork: Protected): { readonly call: () => Promise<unknown> } {
  return { call: () => Effect.runPromise(protectedWork) }
}

/** A breaker for each key, in memory. */
export async function effectBreaker(
  tripPolicy: CircuitBreaker.TripPolicy,
  openMs: number,
): Promise<CircuitBreaker.CircuitBreaker> {
  const scope = Scope.makeUnsafe()
  const store = await Effect.runPromise(Layer.buildWithScope(CircuitBreaker.layerStoreMemory(), scope))
  const made = CircuitBreaker.make({ tripPolicy, openDuration: openMs })
  return Effect.runPromise(made.pipe(Effect.provideContext(store), Effect.provideService(Scope.Scope, scope)))
}

/** Asks the limiter for one token of a key. */
export type EffectAdmission = (key: string) => Effect.Effect<unknown, unknown>

/** A token bucket for each key, in memory, that refuses at once. */
export async function effectRateLimiter({
  limit,
  intervalMs,
}: {
  readonly limit: number
  readonly intervalMs: number
}): Promise<EffectAdmission> {
  const layer = RateLimiter.layer.pipe(Layer.provide(RateLimiter.layerStoreMemory))
  const context = await Effect.runPromise(Layer.buildWithScope(layer, Scope.makeUnsafe()))
  const limiter = await Effect.runPromise(RateLimiter.RateLimiter.pipe(Effect.provideContext(context)))
  const options = { algorithm: 'token-bucket', onExceeded: 'fail', window: intervalMs, limit } as const
  return (key) => limiter.consume({ ...options, key })
}
