import type { DroppedFacts, EventFacts, FaultFacts, OperationFacts, PolicyFacts } from '../protocol/index.ts'

/** What a runtime counted since its last collection: a report without who and which. */
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
