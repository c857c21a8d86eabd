/** Bounds of everything that grows with what services send; what is beyond is refused or folded, and counted. */
export interface HubLimits {
  /** Reports that wait for the writer; more are answered 429. */
  readonly waitingReports: number
  /** Bytes of the bodies of those reports. */
  readonly waitingBytes: number
  /** Instances that are remembered; beyond it those that are gone for an hour make room, else 429. */
  readonly instances: number
  readonly services: number
  /** Operations of one service; beyond it they are counted under `(other)`. */
  readonly operationsPerService: number
  /** Policies of one service; beyond it they are left out and counted. */
  readonly policiesPerService: number
  /** Groups of faults; beyond it faults are counted in the overflow group. */
  readonly groups: number
  readonly exemplarsPerGroup: number
  /** Bytes of all exemplars together. */
  readonly exemplarBytes: number
  readonly events: number
  /** Open live and control streams. */
  readonly streams: number
}

/** The limits of a hub that nobody configured. */
export const hubLimitDefaults: HubLimits = Object.freeze({
  waitingReports: 1_000,
  waitingBytes: 67_108_864,
  instances: 10_000,
  services: 500,
  operationsPerService: 1_000,
  policiesPerService: 2_000,
  groups: 20_000,
  exemplarsPerGroup: 50,
  exemplarBytes: 268_435_456,
  events: 200_000,
  streams: 1_000,
})
