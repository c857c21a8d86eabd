import { Deadline, type DeadlineTarget } from '../../clock/deadline.ts'
import type { Transferable } from './transferred.ts'

/** Who is told that a task cannot go on. */
export interface TaskOwner {
  waitedTooLong(task: WorkerTask): void
  ranTooLong(task: WorkerTask): void
  aborted(task: WorkerTask, reason: unknown): void
}

/** What is known of a task when it comes. */
export interface TaskOrder {
  readonly name: string
  readonly input: unknown
  readonly transfer: readonly Transferable[]
  readonly signal: AbortSignal | undefined
}

const waits = 0
const runs = 1

/** One task on its way: in the queue, then in a worker. It is settled once; what comes later is ignored. */
export class WorkerTask implements DeadlineTarget {
  readonly order: TaskOrder
  readonly promise: Promise<unknown>
  readonly waitDeadline: Deadline = new Deadline(this, waits)
  readonly runDeadline: Deadline = new Deadline(this, runs)
  /** When it came, by the bulkhead's clock. */
  readonly since: number
  isSettled = false
  /** Whether a worker has it. */
  isRunning = false
  previous: WorkerTask | undefined = undefined
  next: WorkerTask | undefined = undefined
  readonly #owner: TaskOwner
  readonly #resolvers: PromiseWithResolvers<unknown>

  constructor(owner: TaskOwner, order: TaskOrder, since: number) {
    this.#owner = owner
    this.order = order
    this.since = since
    this.#resolvers = Promise.withResolvers()
    this.promise = this.#resolvers.promise
    order.signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  resolve(value: unknown): void {
    this.#settle()
    this.#resolvers.resolve(value)
  }

  reject(error: unknown): void {
    this.#settle()
    this.#resolvers.reject(error)
  }

  deadlineReached(tag: number): void {
    if (tag === waits) this.#owner.waitedTooLong(this)
    else this.#owner.ranTooLong(this)
  }

  #settle(): void {
    this.isSettled = true
    this.waitDeadline.cancel()
    this.runDeadline.cancel()
    this.order.signal?.removeEventListener('abort', this.#onAbort)
  }

  readonly #onAbort = (): void => this.#owner.aborted(this, this.order.signal?.reason)
}
