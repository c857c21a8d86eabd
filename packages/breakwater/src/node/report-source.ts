import type {
  ControlState,
  DroppedFacts,
  EventFacts,
  FaultFacts,
  InstanceIdentity,
  OperationFacts,
  PolicyFacts,
} from '../protocol/index.ts'

/** What a runtime counted since its last collection: a {@link Report} without who and which. */
export interface CollectedFacts {
  /** The interval that the counters cover, epoch milliseconds. */
  readonly from: number
  readonly to: number
  readonly operations: readonly OperationFacts[]
  readonly policies: readonly PolicyFacts[]
  readonly faults: readonly FaultFacts[]
  readonly events: readonly EventFacts[]
  readonly dropped: DroppedFacts
}

/** Where a reporter gets its facts from and takes its commands to: a runtime. */
export interface ReportSource {
  readonly identity: InstanceIdentity
  /** Takes out what was counted since the call before. Synchronous and cheap: it also runs while the process dies. */
  collect(): CollectedFacts
  /** Calls the listener when something is worth an early report: a breaker opened. Returns how to stop it. */
  onUrgent(listener: () => void): () => void
  /** Obeys the hub's orders: the whole state each time. */
  applyControl(state: ControlState): void
}
