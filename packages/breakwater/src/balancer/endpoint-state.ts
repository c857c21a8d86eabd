import { type Endpoint, type EndpointFields, type EndpointStatus, idOf } from './endpoint.ts'
import { PeakEwma } from './peak-ewma.ts'

/** An ejection that is in force. */
export interface Ejection {
  readonly since: number
  readonly until: number
  readonly reason: string
}

/** What a balancer keeps of one endpoint. */
export class EndpointState<E extends Endpoint = Endpoint> {
  readonly id: string
  endpoint: E
  weight = 1
  priority = 0
  zone: string | undefined = undefined
  /** In what time what was learned fades to 1/e, milliseconds. */
  readonly decayMs: number
  readonly latency: PeakEwma
  /** Calls under way, those included whose caller has given up. */
  inFlight = 0
  /** How often it was chosen, ever. */
  picks = 0
  /** Rises when it is ejected or restored: outcomes of calls from before do not count after. */
  generation = 0
  /** Failures without a success between. */
  failuresInARow = 0
  /** When the last of them was. */
  failedAt = 0
  /** Since the last sweep. */
  successes = 0
  /** Since the last sweep. */
  failures = 0
  /** Multiplied the time of its last ejection; falls by one with each interval from `restoredAt` to the next. */
  timesEjected = 0
  /** When its last ejection ended. */
  restoredAt = 0
  ejection: Ejection | undefined = undefined
  /** A health probe said so. */
  isUnhealthy = false
  /** Why, while it is unhealthy. */
  unhealthyReason = ''
  isDraining = false
  /** When its slow start began; undefined when it gets its full share. */
  rampSince: number | undefined = undefined
  /** For smooth weighted round robin. */
  currentWeight = 0
  /** For round robin: the number of the pick that chose it last. */
  lastPick = 0
  /** Called when it is gone, or was added again. */
  readonly drained: (() => void)[] = []

  constructor(endpoint: E, decayMs: number) {
    this.id = idOf(endpoint)
    this.endpoint = endpoint
    this.decayMs = decayMs
    this.latency = new PeakEwma(decayMs)
    this.update(endpoint)
  }

  /** Takes over what is said of an endpoint of the same id; what was learned of it stays. */
  update(endpoint: E): void {
    const fields: Partial<EndpointFields> = typeof endpoint === 'string' ? {} : endpoint
    this.endpoint = endpoint
    this.weight = fields.weight ?? 1
    this.priority = fields.priority ?? 0
    this.zone = fields.zone
  }

  /** Whether it gets calls when there is no panic. */
  get isAvailable(): boolean {
    return this.ejection === undefined && !this.isUnhealthy && !this.isDraining
  }

  get status(): EndpointStatus {
    if (this.isDraining) return 'draining'
    if (this.ejection !== undefined) return 'ejected'
    return this.isUnhealthy ? 'unhealthy' : 'healthy'
  }
}
