const dayMs = 86_400_000

/** Breakers of all libraries that open by a ratio are set up from this. */
export interface BreakerSettings {
  readonly failureRatio: number
  readonly minimumCalls: number
  readonly windowMs: number
  readonly openMs: number
}

/** A window of ten seconds that one success keeps from opening: so failures are counted, and the circuit stays closed. */
export const neverOpens: BreakerSettings = Object.freeze({
  ...{ failureRatio: 1, minimumCalls: 20 },
  ...{ windowMs: 10_000, openMs: dayMs },
})

/** The same, but opens as breakers should. */
export const opensAtHalf: BreakerSettings = Object.freeze({ ...neverOpens, failureRatio: 0.5 })

/** Opens at the first failure and stays open. */
export const opensAtOnce: { readonly consecutiveFailures: number; readonly openMs: number } = Object.freeze({
  consecutiveFailures: 1,
  openMs: dayMs,
})

/** So many failures in a row as no batch has: each begins with a success. */
export const manyInARow = 1_000_000
