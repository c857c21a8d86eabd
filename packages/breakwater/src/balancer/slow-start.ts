/** How an endpoint that is new, or was restored, comes back. */
export interface SlowStartOptions {
  /** Until it gets its full share, milliseconds, 1 ms to 1 hour. @default 30_000 */
  readonly windowMs?: number
  /** The share that it starts with, above 0 and up to 1. @default 0.1 */
  readonly minShare?: number
  /** 1 rises evenly, more rises faster at first; above 0, up to 10. @default 1 */
  readonly aggression?: number
}

/** The defaults of {@link SlowStartOptions}. */
export const slowStartDefaults: Readonly<Required<SlowStartOptions>> = Object.freeze({
  windowMs: 30_000,
  minShare: 0.1,
  aggression: 1,
})

/**
 * The share of its calls that an endpoint gets `ageMs` after its slow start began: `max(minShare, (age / window) ^ (1 / aggression))`.
 *
 * @see Envoy, `envoy.config.cluster.v3.Cluster.SlowStartConfig`
 */
export function slowStartShare(ageMs: number, options: Readonly<Required<SlowStartOptions>>): number {
  const { windowMs, minShare, aggression } = options
  if (ageMs >= windowMs) return 1
  return Math.max(minShare, (Math.max(0, ageMs) / windowMs) ** (1 / aggression))
}
