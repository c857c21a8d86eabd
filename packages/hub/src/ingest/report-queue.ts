import type { Report } from 'breakwater/protocol'
import type { Clock } from '../clock/clock.ts'
import type { HubLimits } from '../config/hub-limits.ts'
import type { AppendOutcome, ReceivedReport } from '../store/append.ts'
import type { Store } from '../store/store.ts'
import { QueueFullError, QueueStoppedError } from './queue-errors.ts'

/** What the queue tells others. */
export interface QueueListener {
  /** A report is durable and counted. */
  stored(received: ReceivedReport): void
  /** Reports were written together. */
  committed(commit: { readonly reports: number; readonly durationMs: number; readonly folded: number }): void
  /** A report could not be stored. */
  failed(error: unknown): void
}

/** What the queue needs. */
export interface QueueParts {
  readonly store: Pick<Store, 'append'>
  readonly clock: Clock
  readonly limits: HubLimits
  readonly listener: QueueListener
}

interface Waiting {
  readonly received: ReceivedReport
  readonly bytes: number
  settle(outcome: AppendOutcome): void
  fail(error: unknown): void
}

const maxBatch = 256

/** Reports on their way to the store: bounded, and all that wait are written in one transaction. */
export class ReportQueue {
  readonly #parts: QueueParts
  readonly #waiting: Waiting[] = []
  #count = 0
  #bytes = 0
  #writing: Promise<void> | null = null
  #isStopped = false

  constructor(parts: QueueParts) {
    this.#parts = parts
  }

  /** How many reports are not yet durable. */
  get length(): number {
    return this.#count
  }

  /** Whether it takes no more reports. */
  get isStopped(): boolean {
    return this.#isStopped
  }

  /**
   * Answers once the report is durable, or is known to have been before.
   *
   * @throws {QueueFullError} when too many wait; nothing of it is stored.
   * @throws {QueueStoppedError} when the hub stops; nothing of it is stored.
   */
  submit(report: Report, bytes: number): Promise<AppendOutcome> {
    const { clock, limits } = this.#parts
    if (this.#isStopped) return Promise.reject(new QueueStoppedError())
    const isFull = this.#count >= limits.waitingReports || this.#bytes + bytes > limits.waitingBytes
    if (isFull) return Promise.reject(new QueueFullError(this.#count))
    const { promise, resolve, reject } = Promise.withResolvers<AppendOutcome>()
    this.#waiting.push({
      received: { report, receivedAt: clock.now() },
      bytes,
      settle: resolve,
      fail: reject,
    })
    this.#count++
    this.#bytes += bytes
    this.#start()
    return promise
  }

  /** Takes no more reports and waits until those that wait are durable. */
  async stop(): Promise<void> {
    this.#isStopped = true
    while (this.#writing !== null) await this.#writing
  }

  // Waits for the requests that arrived together, so that they share one transaction.
  #start(): void {
    if (this.#writing !== null) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#writing = promise
    this.#parts.clock.soon(() => {
      void this.#writeBatch().finally(() => {
        this.#writing = null
        resolve()
        if (this.#waiting.length > 0) this.#start()
      })
    })
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#waiting.splice(0, maxBatch)
    const isDone = await this.#write(batch)
    // One report that the store cannot take must not take the others with it.
    if (!isDone) for (const waiting of batch) await this.#write([waiting], true)
  }

  async #write(batch: readonly Waiting[], isLast = false): Promise<boolean> {
    const { store, clock, listener } = this.#parts
    const startedAt = clock.monotonicMs()
    try {
      const { outcomes, folded } = await store.append(batch.map(({ received }) => received))
      listener.committed({ reports: batch.length, durationMs: clock.monotonicMs() - startedAt, folded })
      for (const [index, waiting] of batch.entries()) this.#settle(waiting, outcomes[index] ?? 'no-room')
      return true
    } catch (error) {
      if (!isLast) return false
      listener.failed(error)
      for (const waiting of batch) this.#leave(waiting).fail(error)
      return true
    }
  }

  #settle(waiting: Waiting, outcome: AppendOutcome): void {
    if (outcome === 'stored') this.#parts.listener.stored(waiting.received)
    this.#leave(waiting).settle(outcome)
  }

  #leave(waiting: Waiting): Waiting {
    this.#count--
    this.#bytes -= waiting.bytes
    return waiting
  }
}
