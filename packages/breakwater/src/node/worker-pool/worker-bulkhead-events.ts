import type { WorkerLoss } from './worker-bulkhead-errors.ts'

/** What a worker bulkhead reports. */
export type WorkerBulkheadEvent = WorkerStarted | WorkerLost | WorkerRetired | WorkerBulkheadSaturated

/** A worker has loaded its module and takes tasks. */
export interface WorkerStarted {
  readonly type: 'WorkerStarted'
  readonly policy: string
  readonly threadId: number
  readonly startMs: number
}

/** A worker is gone, or being killed, and its task failed with it. */
export interface WorkerLost {
  readonly type: 'WorkerLost'
  readonly policy: string
  readonly threadId: number
  /** What it ran; undefined when it was idle or not ready. */
  readonly task: string | undefined
  /** `timeout` and `abort`: we killed it. */
  readonly reason: WorkerLoss | 'timeout' | 'abort'
  readonly error: unknown
  /** How long no other worker is started. */
  readonly backoffMs: number
}

/** A worker was ended because it had nothing to do for `idleMs`. */
export interface WorkerRetired {
  readonly type: 'WorkerRetired'
  readonly policy: string
  readonly threadId: number
}

/** The queue became full: the first refusal since a task was last let in. */
export interface WorkerBulkheadSaturated {
  readonly type: 'WorkerBulkheadSaturated'
  readonly policy: string
  readonly size: number
  readonly queue: number
}
