import { BulkheadFullError, type BulkheadRefusal } from '../../bulkhead/bulkhead-errors.ts'
import { Emitter } from '../../pipeline/emitter.ts'
import { TimeoutError } from '../../timeout/timeout-errors.ts'
import { Closing } from '../closing.ts'
import { Crew, type CrewHost } from './crew.ts'
import type { Loss, PoolWorker, TaskAnswer } from './pool-worker.ts'
import { TaskQueue } from './task-queue.ts'
import { WarmUps } from './warm-ups.ts'
import { WorkerBulkheadClosedError, WorkerLostError } from './worker-bulkhead-errors.ts'
import type { WorkerBulkheadEvent, WorkerLost } from './worker-bulkhead-events.ts'
import type { ResolvedWorkerBulkheadOptions } from './worker-bulkhead-options.ts'
import { type TaskOrder, type TaskOwner, WorkerTask } from './worker-task.ts'

/** What happened so far; each only rises. */
export type WorkerCounts = Record<
  | ('admitted' | 'rejected' | 'dropped' | 'completed' | 'failed' | 'timedOut' | 'aborted')
  | ('started' | 'lost' | 'retired'),
  number
>

/** Brings tasks and workers together: who came first gets the first worker that is free. */
export class Dispatcher implements CrewHost, TaskOwner {
  readonly crew: Crew
  readonly closing: Closing
  readonly emitter: Emitter<WorkerBulkheadEvent> = new Emitter<WorkerBulkheadEvent>()
  readonly counts: WorkerCounts = noCounts()
  active = 0
  readonly #options: ResolvedWorkerBulkheadOptions
  readonly #queue = new TaskQueue()
  readonly #warmUps = new WarmUps()
  #isSaturated = false

  constructor(options: ResolvedWorkerBulkheadOptions) {
    this.#options = options
    this.crew = new Crew(options, this)
    this.closing = new Closing(options.clock, () => this.#cut())
  }

  get demand(): number {
    return this.#queue.size
  }

  get floor(): number {
    return this.closing.hasBegun ? 0 : Math.max(this.#options.minSize, this.#warmUps.count)
  }

  run(order: TaskOrder): Promise<unknown> {
    const { clock, maxWaitMs, size, queue } = this.#options
    if (this.active + this.demand >= size + queue) return Promise.reject(this.#refuse())
    const task = new WorkerTask(this, order, clock.now())
    this.counts.admitted++
    this.#isSaturated = false
    this.#queue.add(task)
    this.crewChanged()
    if (task.isSettled || task.isRunning) return task.promise
    if (maxWaitMs !== Infinity) clock.deadlines(maxWaitMs).arm(task.waitDeadline)
    this.crew.keepAlive()
    return task.promise
  }

  warmUp(count: number): Promise<void> {
    if (this.crew.ready >= count) return Promise.resolve()
    const warm = this.#warmUps.add(count)
    this.crewChanged()
    this.crew.keepAlive()
    return warm
  }

  close(graceMs: number | undefined): Promise<void> {
    const closed = this.closing.begin(graceMs)
    this.#warmUps.fail(new WorkerBulkheadClosedError(this.#options.name))
    this.crewChanged()
    return closed
  }

  /** Hands waiting tasks to free workers, and sees to it that there are workers. */
  crewChanged(): void {
    while (this.#queue.size > 0) {
      const worker = this.crew.takeIdle()
      if (worker === undefined) break
      const task = this.#queue.take()
      if (task !== undefined) this.#start(task, worker)
    }
    this.#warmUps.ready(this.crew.ready)
    if (!this.closing.hasBegun || this.#queue.size > 0) return this.crew.recruit()
    this.crew.dismiss(false)
    if (this.active === 0 && this.crew.size === 0) this.closing.end()
  }

  workerStarted({ threadId }: PoolWorker, startMs: number): void {
    this.counts.started++
    this.emitter.emit({ type: 'WorkerStarted', policy: this.#options.name, threadId, startMs })
  }

  taskAnswered(task: WorkerTask, answer: TaskAnswer): void {
    this.active--
    if ('error' in answer) {
      this.counts.failed++
      return task.reject(answer.error)
    }
    this.counts.completed++
    task.resolve(answer.value)
  }

  workerLost(worker: PoolWorker | undefined, loss: Loss, backoffMs: number): void {
    const { error: cause, reason, exitCode } = loss
    const task = worker?.task
    const errorFor = (name: string): WorkerLostError =>
      new WorkerLostError({ policy: this.#options.name, task: name, reason, exitCode, cause })
    this.counts.lost++
    if (task !== undefined) this.#fail(task, errorFor(task.order.name))
    if (reason === 'start') this.#warmUps.fail(errorFor(''))
    // Without a worker that could take them, those who wait would do so for as long as the module is broken.
    if (reason === 'start' && this.crew.live === 0) this.#refuseQueued(({ name }) => errorFor(name))
    this.#emitLoss({
      threadId: worker?.threadId ?? 0,
      reason,
      error: cause,
      task: task?.order.name,
      backoffMs,
    })
  }

  workerRetired({ threadId }: PoolWorker): void {
    this.counts.retired++
    this.emitter.emit({ type: 'WorkerRetired', policy: this.#options.name, threadId })
  }

  waitedTooLong(task: WorkerTask): void {
    this.#queue.remove(task)
    this.counts.rejected++
    this.counts.dropped++
    task.reject(this.#fullError('waited', this.#options.clock.now() - task.since))
    this.crewChanged()
  }

  ranTooLong(task: WorkerTask): void {
    const { name: policy, timeoutMs: limitMs } = this.#options
    const facts = { operation: task.order.name, policy, limitMs, scope: 'attempt' } as const
    this.counts.timedOut++
    this.#killWith(task, 'timeout', new TimeoutError(facts))
  }

  aborted(task: WorkerTask, reason: unknown): void {
    this.counts.aborted++
    if (task.isRunning) return this.#killWith(task, 'abort', reason)
    this.#queue.remove(task)
    task.reject(reason)
    this.crewChanged()
  }

  #start(task: WorkerTask, worker: PoolWorker): void {
    task.waitDeadline.cancel()
    try {
      worker.run(task)
    } catch (error) {
      this.crew.putBack(worker)
      this.counts.failed++
      return task.reject(error)
    }
    task.isRunning = true
    this.active++
    const { clock, timeoutMs } = this.#options
    if (timeoutMs !== Infinity) clock.deadlines(timeoutMs).arm(task.runDeadline)
  }

  #killWith(task: WorkerTask, reason: 'timeout' | 'abort', error: unknown): void {
    const worker = this.crew.workerOf(task)
    if (worker === undefined) return
    const backoffMs = this.crew.kill(worker, reason === 'timeout')
    this.counts.lost++
    this.#fail(task, error)
    this.#emitLoss({ threadId: worker.threadId, task: task.order.name, reason, error, backoffMs })
  }

  #fail(task: WorkerTask, error: unknown): void {
    this.active--
    this.counts.failed++
    task.reject(error)
  }

  #emitLoss(facts: Omit<WorkerLost, 'type' | 'policy'>): void {
    this.emitter.emit({ type: 'WorkerLost', policy: this.#options.name, ...facts })
  }

  #refuse(): BulkheadFullError {
    this.counts.rejected++
    const { name: policy, size, queue } = this.#options
    const isFirst = !this.#isSaturated
    this.#isSaturated = true
    if (isFirst) this.emitter.emit({ type: 'WorkerBulkheadSaturated', policy, size, queue })
    return this.#fullError('full', 0)
  }

  #fullError(reason: BulkheadRefusal, waitedMs: number): BulkheadFullError {
    const { name: policy, size: limit } = this.#options
    return new BulkheadFullError({ policy, limit, queued: this.demand, reason, waitedMs })
  }

  #refuseQueued(errorOf: (order: { readonly name: string }) => unknown): void {
    for (let task = this.#queue.take(); task !== undefined; task = this.#queue.take()) {
      this.counts.failed++
      task.reject(errorOf(task.order))
    }
  }

  #cut(): void {
    const error = new WorkerBulkheadClosedError(this.#options.name)
    this.#refuseQueued(() => error)
    for (const task of this.crew.running()) this.#fail(task, error)
    this.crew.dismiss(true)
    this.crewChanged()
  }
}

function noCounts(): WorkerCounts {
  return {
    ...{ admitted: 0, rejected: 0, dropped: 0, completed: 0, failed: 0, timedOut: 0, aborted: 0 },
    ...{ started: 0, lost: 0, retired: 0 },
  }
}
