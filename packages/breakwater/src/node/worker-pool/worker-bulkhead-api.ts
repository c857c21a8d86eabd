import type { PolicyStats } from '../../pipeline/policy.ts'
import type { CloseOptions } from '../closing.ts'
import type { Transferable, Transferred } from './transferred.ts'
import type { WorkerBulkheadEvent } from './worker-bulkhead-events.ts'

/** The tasks of a module whose type was not given: any name, and nothing known of the result. */
export type UntypedTasks = Readonly<Record<string, (input: unknown) => unknown>>

/** The names of the functions that a module exports. */
export type TaskName<Tasks> = {
  [Name in keyof Tasks]: Tasks[Name] extends (...args: never[]) => unknown ? Name : never
}[keyof Tasks] &
  string

/** What a task takes. */
export type TaskInput<Task> = Task extends (input: infer Input, ...rest: never[]) => unknown ? Input : never

/** What a task answers with, out of its promise and its {@link Transferred}. */
export type TaskResult<Task> = Task extends (...args: never[]) => infer Result
  ? Awaited<Result> extends Transferred<infer Value>
    ? Value
    : Awaited<Result>
  : never

/** What may be said about a single task. */
export interface WorkerRunOptions {
  /** Ends the task: in the queue it leaves, in a worker it is killed with it. It then fails with the signal's reason. */
  readonly signal?: AbortSignal
  /** Parts of the input that are moved to the worker instead of copied, and no longer usable here. @default [] */
  readonly transfer?: readonly Transferable[]
}

/** Worker threads for CPU-bound tasks, as {@link workerBulkhead} makes it. */
export interface WorkerBulkhead<Tasks = UntypedTasks> extends AsyncDisposable {
  readonly kind: 'bulkhead'
  readonly name: string
  /** How many workers there are at most. */
  readonly size: number
  /** How many tasks may wait. */
  readonly queueLimit: number
  /** Tasks that run in a worker. */
  readonly active: number
  /** Tasks that wait for one. */
  readonly queued: number
  /** Threads that there are, those included that start or end. */
  readonly workers: number
  /** Threads that have nothing to do. */
  readonly idle: number
  /**
   * Runs an exported function of the module in a worker. Input and result are copied (structured clone) or moved. What the
   * function throws comes back as an `Error` with its name, message, stack, code and cause; not as an instance of its class.
   *
   * Rejects with `BulkheadFullError` when there is no place or it waited too long, `TimeoutError` when it was killed
   * at its time limit, `WorkerLostError` when its worker died, `WorkerBulkheadClosedError`, the signal's reason, a
   * `DataCloneError` when the input cannot be copied.
   */
  run<Name extends TaskName<Tasks>>(
    task: Name,
    input: TaskInput<Tasks[Name]>,
    options?: WorkerRunOptions,
  ): Promise<TaskResult<Tasks[Name]>>
  /** Resolves when so many workers are ready; rejects when one cannot be started. @default `size` */
  warmUp(count?: number): Promise<void>
  /** Takes no more tasks, lets those that it has go on, ends the workers; resolves when they are gone. */
  close(options?: CloseOptions): Promise<void>
  /** For reports and snapshots. */
  stats(): PolicyStats
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: WorkerBulkheadEvent) => void): () => void
}
