import type { ControlState, InstanceIdentity } from '../protocol/index.ts'
import type { CollectedFacts } from '../runtime/collected-facts.ts'

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
