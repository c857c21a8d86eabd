/** What the shares of priority levels are computed from; the most preferred level first. */
export interface LevelHealth {
  /** Endpoints of the level. */
  readonly total: number
  /** Those of them that are neither ejected nor unhealthy. */
  readonly available: number
  /** The same, with an endpoint in its slow start counted as the share it gets. */
  readonly ramped: number
}

/** The share of one level. */
export interface LevelShare {
  /** 0–1; those of all levels add up to 1. */
  readonly share: number
  /** So few are available that all of the level are used. */
  readonly isPanicking: boolean
}

/** How shares follow from health. */
export interface SpillRules {
  /** A level takes all calls while `overprovisioning × healthy share ≥ 1`; 1.4 means down to 71 %. */
  readonly overprovisioning: number
  /** Below this healthy share a level panics, when the other levels cannot take over either. */
  readonly panicRatio: number
}

/**
 * Spreads the calls over priority levels: each takes what its health allows, and what is left goes on to the next.
 * When all levels together are not healthy enough, their shares are scaled up, and those below the panic ratio use
 * all of their endpoints. When all panic, calls spread by the number of endpoints.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/priority
 */
export function priorityShares(levels: readonly LevelHealth[], rules: SpillRules): readonly LevelShare[] {
  const capacities = levels.map((level) => capacity(level.ramped, level.total, rules))
  const available = levels.map((level) => capacity(level.available, level.total, rules))
  const isScarce = sum(available) < 1
  const panics = levels.map(
    (level) => level.available === 0 || level.available / level.total < rules.panicRatio,
  )
  if (isScarce && panics.every(Boolean)) return byCount(levels)
  const scale = Math.min(1, sum(capacities))
  let left = 1
  return capacities.map((taken, index) => {
    const share = Math.min(left, taken / scale)
    left -= share
    return { share, isPanicking: isScarce && panics[index] === true }
  })
}

function capacity(healthy: number, total: number, { overprovisioning }: SpillRules): number {
  return Math.min(1, (overprovisioning * healthy) / total)
}

function byCount(levels: readonly LevelHealth[]): readonly LevelShare[] {
  const total = sum(levels.map((level) => level.total))
  return levels.map((level) => ({ share: level.total / total, isPanicking: true }))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
