import type { SerializedError } from '../../protocol/index.ts'

/** What a worker is started with. */
export interface WorkerOrder {
  /** The address of the module whose functions are the tasks. */
  readonly module: string
}

/** One task, to the worker. */
export interface TaskMessage {
  /** Told again in the answer, so that nothing else that the worker posts is taken for one. */
  readonly order: number
  readonly task: string
  readonly input: unknown
}

/** A worker's answer. */
export type WorkerMessage =
  | { readonly type: 'breakwater.ready' }
  | { readonly type: 'breakwater.done'; readonly order: number; readonly value: unknown }
  | { readonly type: 'breakwater.failed'; readonly order: number; readonly error: SerializedError }

/** The order of a module that could not be loaded: no task has it. */
export const loading = 0

/** Whether what a worker posted is meant for us: the module may post what it likes besides. */
export function isWorkerMessage(value: unknown): value is WorkerMessage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false
  const { type } = value
  return type === 'breakwater.ready' || type === 'breakwater.done' || type === 'breakwater.failed'
}
