import type { DependencyHealth, HealthWatch } from './dependency-health.ts'
import type { FailureLog } from './failure-log.ts'

/** What only a breaker has that has been in trouble, or that somebody laid hands on: others do without. */
export class BreakerPast {
  /** How often it opened, ever. */
  opened = 0
  /** How many calls failed, ever. */
  failed = 0
  /** Openings since it was last closed for good; the open time grows with them. */
  openings = 0
  /** How long it was open last. */
  openMs = 0
  /** When it last stopped being closed. */
  troubleSince = 0
  health: DependencyHealth = 'unknown'
  healthAt = 0
  /** False after a trial failed although the dependency was said to be healthy, until it is said to be unhealthy. */
  isHealthTrusted = true
  watch: HealthWatch | undefined = undefined
  failures: FailureLog | undefined = undefined
}
