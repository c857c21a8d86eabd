import type { EventFacts } from './event-facts.ts'
import type { FaultFacts } from './fault-facts.ts'
import type { OperationFacts } from './operation-facts.ts'
import type { PolicyFacts } from './policy-facts.ts'

/** The version of the wire format that this package speaks. */
export const protocolVersion = 1

/** Who reports: one running process of one service. A restart is a new instance. */
export interface InstanceIdentity {
  /** The service's name, the same for all its instances: `storefront`. */
  readonly service: string
  /** Unique for each start of a process; 1–64 characters of `A–Z a–z 0–9 . _ -`. */
  readonly instance: string
  readonly version?: string
  /** `production`, `staging`, …; free text. */
  readonly environment?: string
  readonly host?: string
  readonly pid?: number
  /** Epoch milliseconds. */
  readonly startedAt: number
}

/** What a reporter could not keep, counted since its last report. */
export interface DroppedFacts {
  /** Reports lost because the spool was full. */
  readonly reports: number
  /** Events beyond the limit of one report. */
  readonly events: number
  /** Fault groups beyond the limit of one report; their counts are in `faultCounts`. */
  readonly faultGroups: number
  /** Occurrences of faults that are in no group of any report. */
  readonly faultCounts: number
  /** Operations beyond the registry's limit, counted under the overflow name. */
  readonly operations: number
}

/**
 * One batch of facts from one instance. All counters are what was added since the report before,
 * so the sum over an instance's reports is exact. `(instance, sequence)` names the report: a hub
 * that saw it already answers as if it had just stored it and counts nothing twice.
 */
export interface Report {
  readonly protocol: typeof protocolVersion
  readonly identity: InstanceIdentity
  /** 1 for an instance's first report; each later one is higher. A gap is a lost report. */
  readonly sequence: number
  /** The interval that the counters cover, epoch milliseconds, by the service's clock. */
  readonly from: number
  readonly to: number
  readonly operations: readonly OperationFacts[]
  readonly policies: readonly PolicyFacts[]
  readonly faults: readonly FaultFacts[]
  readonly events: readonly EventFacts[]
  readonly dropped: DroppedFacts
  /** The instance's last report: it shuts down in good order. */
  readonly final?: boolean
}

/** What the hub answers to a report that is now durable. */
export interface ReportReceipt {
  readonly sequence: number
  /** True when this report had been stored before. */
  readonly duplicate: boolean
}

/** Bounds that reporters keep and hubs enforce. Lengths are UTF-16 code units. */
export const reportLimits = {
  bodyBytes: 1_048_576,
  depth: 24,
  operations: 1_000,
  policies: 2_000,
  faults: 500,
  exemplarsPerFault: 5,
  events: 1_000,
  nameLength: 200,
  messageLength: 2_000,
  stackLength: 16_000,
  causeDepth: 8,
  contextKeys: 50,
  contextValueLength: 1_000,
} as const
