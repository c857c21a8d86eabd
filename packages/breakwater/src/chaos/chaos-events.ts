import type { ChaosType } from './chaos-fault.ts'

/** What chaos reports. */
export type ChaosEvent = FaultInjected

/** A call was harmed on purpose. */
export interface FaultInjected {
  readonly type: 'FaultInjected'
  readonly policy: string
  readonly operation: string
  readonly attempt: number
  readonly fault: string
  readonly kind: ChaosType
  /** How long the call is held up; latency only. */
  readonly latencyMs?: number
}
