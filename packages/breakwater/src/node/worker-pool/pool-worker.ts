import { Worker } from 'node:worker_threads'
import type { Timer } from '../../clock/clock.ts'
import { deserializeError } from '../../faults/deserialize-error.ts'
import { readErrorCode } from '../../faults/error-traits.ts'
import type { WorkerLoss } from './worker-bulkhead-errors.ts'
import type { ResolvedWorkerBulkheadOptions } from './worker-bulkhead-options.ts'
import { isWorkerMessage, loading, type TaskMessage, type WorkerMessage } from './worker-messages.ts'
import type { WorkerTask } from './worker-task.ts'

/** How a thread ended that we did not end. */
export interface Loss {
  readonly reason: WorkerLoss
  readonly error: unknown
  readonly exitCode: number | undefined
}

/** Who is told what becomes of a worker. */
export interface WorkerOwner {
  /** It has loaded its module. */
  started(worker: PoolWorker): void
  /** It has answered, and is free again. */
  done(worker: PoolWorker, task: WorkerTask, answer: TaskAnswer): void
  /** It died, or cannot be started, by no order of ours; `worker.task` is what it ran. */
  lost(worker: PoolWorker, loss: Loss): void
  /** The thread is gone. */
  ended(worker: PoolWorker): void
}

/** What a worker answered. */
export type TaskAnswer = { readonly value: unknown } | { readonly error: Error }

// Compiled, both files end in `.js`; run from source, in `.ts`.
const entry = new URL(`./worker-entry${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

/**
 * One thread.
 *
 *     starting ──ready──▶ idle ◀──answer── running
 *         │                │ ╲──run()────────▶│
 *         └────────── kill(), or it dies ─────┴──▶ ending ──▶ gone
 */
export class PoolWorker {
  state: 'starting' | 'idle' | 'running' | 'ending' = 'starting'
  task: WorkerTask | undefined = undefined
  idleSince = 0
  readonly startedAt: number
  readonly threadId: number
  readonly #owner: WorkerOwner
  readonly #thread: Worker
  readonly #startTimer: Timer
  #order = loading
  #fault: Loss | undefined = undefined

  constructor(owner: WorkerOwner, options: ResolvedWorkerBulkheadOptions, keepsAlive: boolean) {
    this.#owner = owner
    this.#thread = startThread(options)
    this.threadId = this.#thread.threadId
    this.startedAt = options.clock.now()
    const { startTimeoutMs } = options
    const tooLong = new Error(`The worker was not ready after ${startTimeoutMs} ms`)
    const giveUp = (): void => this.#cannotStart(tooLong)
    this.#startTimer = options.clock.setTimer(startTimeoutMs, giveUp, { ref: false })
    this.#thread.on('message', (message: unknown) => this.#onMessage(message))
    this.#thread.on('messageerror', (error) => this.#lose({ reason: 'crash', error, exitCode: undefined }))
    this.#thread.on('error', (error) => this.#onError(error))
    this.#thread.on('exit', (exitCode) => this.#onExit(exitCode))
    if (!keepsAlive) this.#thread.unref()
  }

  /** Lets the thread keep the process alive until it is idle. */
  keepAlive(): void {
    this.#thread.ref()
  }

  /**
   * Hands it a task; only when idle.
   *
   * @throws {DOMException} when the input cannot be cloned; the worker is idle still
   */
  run(task: WorkerTask): void {
    const { name, input, transfer } = task.order
    const message: TaskMessage = { order: this.#order + 1, task: name, input }
    this.#thread.postMessage(message, transfer)
    this.#order++
    this.state = 'running'
    this.task = task
    this.#thread.ref()
  }

  /** Ends the thread, in the middle of a loop too. */
  kill(): void {
    this.state = 'ending'
    this.task = undefined
    this.#startTimer.cancel()
    void this.#thread.terminate()
  }

  #onMessage(message: unknown): void {
    if (this.state === 'ending' || !isWorkerMessage(message)) return
    if (message.type === 'breakwater.ready') return this.#onReady()
    if (message.order === loading && message.type === 'breakwater.failed')
      return this.#cannotStart(deserializeError(message.error))
    if (message.order === this.#order) this.#onAnswer(message)
  }

  #onReady(): void {
    if (this.state !== 'starting') return
    this.#startTimer.cancel()
    this.#becomeIdle()
    this.#owner.started(this)
  }

  #onAnswer(message: Exclude<WorkerMessage, { type: 'breakwater.ready' }>): void {
    const { task } = this
    if (task === undefined) return
    this.#becomeIdle()
    const isDone = message.type === 'breakwater.done'
    const answer = isDone ? { value: message.value } : { error: deserializeError(message.error) }
    this.#owner.done(this, task, answer)
  }

  #becomeIdle(): void {
    this.state = 'idle'
    this.task = undefined
    this.#thread.unref()
  }

  #cannotStart(error: unknown): void {
    if (this.state === 'starting') this.#lose({ reason: 'start', error, exitCode: undefined })
  }

  #onError(error: unknown): void {
    const isMemory = readErrorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY'
    this.#fault = { reason: isMemory ? 'memory' : 'crash', error, exitCode: undefined }
  }

  #onExit(exitCode: number): void {
    const { reason, error } = this.#fault ?? { reason: 'exit', error: undefined }
    this.#lose({ reason, error, exitCode })
    this.#owner.ended(this)
  }

  #lose(loss: Loss): void {
    if (this.state === 'ending') return
    const { task, state } = this
    this.kill()
    this.task = task
    this.#owner.lost(this, state === 'starting' ? { ...loss, reason: 'start' } : loss)
    this.task = undefined
  }
}

function startThread({ module, memoryLimitMb, env, name }: ResolvedWorkerBulkheadOptions): Worker {
  const resourceLimits = memoryLimitMb === undefined ? {} : { maxOldGenerationSizeMb: memoryLimitMb }
  return new Worker(entry, {
    ...{ workerData: { module }, resourceLimits, name },
    ...(env !== undefined && { env: { ...env } }),
    execArgv: fileOptions(process.execArgv),
  })
}

/** The options of the process without the one that is for a program given as text only: with it a thread refuses its file. */
function fileOptions(options: readonly string[]): string[] {
  return options.filter(
    (option, i) => !option.startsWith('--input-type') && options[i - 1] !== '--input-type',
  )
}
