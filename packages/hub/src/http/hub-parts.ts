import type { HubStatus } from 'breakwater/protocol'
import type { LiveFeed } from '../analyse/live-feed.ts'
import type { Clock } from '../clock/clock.ts'
import type { ResolvedHubOptions } from '../config/hub-options.ts'
import type { ControlDesk } from '../control/control-desk.ts'
import type { HubMetrics } from '../health/hub-metrics.ts'
import type { ReportQueue } from '../ingest/report-queue.ts'
import type { Store } from '../store/store.ts'
import type { SseStreams } from './sse-streams.ts'

/** What the routes work with; made in `app.ts`. */
export interface HubParts {
  readonly options: ResolvedHubOptions
  readonly clock: Clock
  readonly store: Store
  readonly queue: ReportQueue
  readonly feed: LiveFeed
  readonly control: ControlDesk
  readonly metrics: HubMetrics
  readonly streams: SseStreams
  readonly status: () => Promise<HubStatus>
  /** Tells the operator about an error that nobody expected. */
  readonly reportError: (error: unknown) => void
}
