import type { BreakerProfile } from './breaker-profiles.ts'

/** One line of a table of presets; what it does not say, its profile does. */
export interface PresetEntry {
  readonly consecutiveFailures: number
  readonly openMs: number
  readonly halfOpenLimit?: number
  readonly profile: BreakerProfile
}
