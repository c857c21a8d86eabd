import { isResilienceError } from '../../faults/is-resilience-error.ts'
import { ResilienceError } from '../../faults/resilience-error.ts'

/**
 * How a worker was lost: `memory` over its limit; `crash` by an error that nothing caught; `exit` because it ended
 * itself; `start` because it could not load its module or not in time.
 */
export type WorkerLoss = 'memory' | 'crash' | 'exit' | 'start'

/** The facts of a {@link WorkerLostError}. */
export interface WorkerLostFacts {
  readonly policy: string
  readonly task: string
  readonly reason: WorkerLoss
  readonly exitCode: number | undefined
  readonly cause: unknown
}

/** The worker that ran a task died with it; whether the task did its work is unknown. */
export class WorkerLostError extends ResilienceError {
  readonly policy: string
  readonly task: string
  readonly reason: WorkerLoss
  /** With which code the thread ended, if it has. */
  readonly exitCode: number | undefined

  constructor(facts: WorkerLostFacts) {
    super(messageOf(facts), { code: 'WORKER_LOST', cause: facts.cause })
    this.name = 'WorkerLostError'
    this.policy = facts.policy
    this.task = facts.task
    this.reason = facts.reason
    this.exitCode = facts.exitCode
  }
}

/** Whether a value is a {@link WorkerLostError} of this library, of whatever copy. */
export function isWorkerLostError(value: unknown): value is WorkerLostError {
  return isResilienceError(value) && value.code === 'WORKER_LOST'
}

/** The bulkhead was closed, so the task did not run, or not to its end. */
export class WorkerBulkheadClosedError extends ResilienceError {
  readonly policy: string

  constructor(policy: string) {
    super(`Worker bulkhead '${policy}' is closed`, { code: 'WORKER_BULKHEAD_CLOSED' })
    this.name = 'WorkerBulkheadClosedError'
    this.policy = policy
  }
}

/** Whether a value is a {@link WorkerBulkheadClosedError} of this library, of whatever copy. */
export function isWorkerBulkheadClosedError(value: unknown): value is WorkerBulkheadClosedError {
  return isResilienceError(value) && value.code === 'WORKER_BULKHEAD_CLOSED'
}

function messageOf({ policy, task, reason, exitCode }: WorkerLostFacts): string {
  const what = `The worker of '${policy}' that was to run task '${task}'`
  if (reason === 'start') return `${what} could not be started`
  if (reason === 'memory') return `${what} used more memory than its limit`
  if (reason === 'crash') return `${what} died of an error that nothing caught`
  return `${what} ended itself with exit code ${exitCode ?? 'unknown'}`
}
