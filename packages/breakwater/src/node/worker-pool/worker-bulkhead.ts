import { checkNumbers } from '../../config/check-option.ts'
import type { PolicyStats } from '../../pipeline/policy.ts'
import { Dispatcher } from './dispatcher.ts'
import type { CloseOptions } from '../closing.ts'
import type { UntypedTasks, WorkerBulkhead, WorkerRunOptions } from './worker-bulkhead-api.ts'
import { WorkerBulkheadClosedError } from './worker-bulkhead-errors.ts'
import type { WorkerBulkheadEvent } from './worker-bulkhead-events.ts'
import {
  type ResolvedWorkerBulkheadOptions,
  resolveWorkerBulkheadOptions,
  type WorkerBulkheadOptions,
} from './worker-bulkhead-options.ts'

/**
 * Runs CPU-bound work in worker threads with a queue of its own: neither the event loop nor other work waits for it. A task
 * that runs too long, wants too much memory or kills its thread takes nobody else with it.
 *
 * Idle workers do not keep the process alive. A stuck thread holds its place until it is really gone, so there
 * are never more threads than `size`.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @example
 * const reports = workerBulkhead<typeof import('./reports.ts')>({ module: new URL('./reports.ts', import.meta.url), size: 2 })
 * const pdf = await reports.run('render', { month: 7 }, { signal })
 */
export function workerBulkhead<Tasks = UntypedTasks>(options: WorkerBulkheadOptions): WorkerBulkhead<Tasks> {
  const bulkhead = new ThreadBulkhead(resolveWorkerBulkheadOptions(options))
  if (options.onEvent !== undefined) bulkhead.on(options.onEvent)
  bulkhead.open()
  // What the module exports is the caller's word: the worker finds out at run time.
  return bulkhead as unknown as WorkerBulkhead<Tasks>
}

class ThreadBulkhead {
  readonly kind = 'bulkhead'
  readonly name: string
  readonly size: number
  readonly queueLimit: number
  readonly #dispatcher: Dispatcher

  constructor(options: ResolvedWorkerBulkheadOptions) {
    this.name = options.name
    this.size = options.size
    this.queueLimit = options.queue
    this.#dispatcher = new Dispatcher(options)
  }

  get active(): number {
    return this.#dispatcher.active
  }

  get queued(): number {
    return this.#dispatcher.demand
  }

  get workers(): number {
    return this.#dispatcher.crew.size
  }

  get idle(): number {
    return this.#dispatcher.crew.idle
  }

  open(): void {
    this.#dispatcher.crewChanged()
  }

  run(task: string, input: unknown, options: WorkerRunOptions = {}): Promise<unknown> {
    const { signal, transfer = [] } = options
    if (this.#dispatcher.closing.hasBegun) return Promise.reject(new WorkerBulkheadClosedError(this.name))
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error)
    return this.#dispatcher.run({ name: task, input, transfer, signal })
  }

  warmUp(count: number = this.size): Promise<void> {
    checkNumbers('warm-up', { count }, { count: { min: 0, max: this.size, isInteger: true } })
    if (this.#dispatcher.closing.hasBegun) return Promise.reject(new WorkerBulkheadClosedError(this.name))
    return this.#dispatcher.warmUp(count)
  }

  close(options: CloseOptions = {}): Promise<void> {
    return this.#dispatcher.close(options.graceMs)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  stats(): PolicyStats {
    const { active, queued, workers, idle, size: limit, queueLimit } = this
    const { counts, emitter } = this.#dispatcher
    return {
      counters: { ...counts, listenerErrors: emitter.listenerErrors },
      gauges: { active, queued, workers, idle, limit, queueLimit },
    }
  }

  on(listener: (event: WorkerBulkheadEvent) => void): () => void {
    return this.#dispatcher.emitter.on(listener)
  }
}
