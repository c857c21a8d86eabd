import type { HubStatus } from 'breakwater/protocol'
import type { Clock } from '../clock/clock.ts'
import type { Store } from '../store/store.ts'
import type { HubMetrics } from './hub-metrics.ts'

/** What the hub's status is made of. */
export interface HubStatusParts {
  readonly version: string
  readonly startedAt: number
  readonly hasLab: boolean
  readonly clock: Clock
  readonly metrics: HubMetrics
  readonly store: Store
  readonly waiting: () => number
}

/** What the hub says of itself now. */
export async function readHubStatus(parts: HubStatusParts): Promise<HubStatus> {
  const { metrics, store } = parts
  return {
    version: parts.version,
    startedAt: parts.startedAt,
    now: parts.clock.now(),
    reportsAccepted: metrics.accepted,
    reportsDuplicate: metrics.duplicate,
    reportsRefused: metrics.refused(),
    reportsWaiting: parts.waiting(),
    storeBytes: await store.upkeep.bytes(),
    evictedExemplars: store.upkeep.evictedExemplars(),
    hasLab: parts.hasLab,
  }
}
