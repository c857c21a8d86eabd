import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'

/** How careful a breaker is, in the options that tables of thresholds leave open. */
export type BreakerProfile = 'conservative' | 'balanced' | 'aggressive'

/** What a profile sets. */
export type ProfileOptions = Required<Pick<CircuitBreakerOptions, ProfileField>> &
  Pick<CircuitBreakerOptions, 'ramp'>

type ProfileField = 'failureRatio' | 'minimumCalls' | 'halfOpenLimit' | 'successThreshold' | 'maxOpenMs'

/**
 * The profiles. `conservative` is for what must not be trampled on while it recovers, a database: it opens early, asks for
 * several proofs and lets load come back slowly. `aggressive` is for what can wait and takes care of itself, e-mail.
 */
export const breakerProfiles: Readonly<Record<BreakerProfile, ProfileOptions>> =
  /* @__PURE__ */ Object.freeze({
    conservative: Object.freeze({
      failureRatio: 0.3,
      minimumCalls: 10,
      halfOpenLimit: 1,
      successThreshold: 3,
      maxOpenMs: 600_000,
      ramp: Object.freeze({ steps: [0.1, 0.3, 0.6], stepMs: 5_000, minimumCalls: 3 }),
    }),
    balanced: Object.freeze({
      failureRatio: 0.5,
      minimumCalls: 20,
      halfOpenLimit: 2,
      successThreshold: 2,
      maxOpenMs: 300_000,
      ramp: Object.freeze({ steps: [0.25, 0.5], stepMs: 5_000 }),
    }),
    aggressive: Object.freeze({
      failureRatio: 0.7,
      minimumCalls: 40,
      halfOpenLimit: 3,
      successThreshold: 1,
      maxOpenMs: 180_000,
    }),
  })
