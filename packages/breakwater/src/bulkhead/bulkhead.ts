import { checkNumbers } from '../config/check-option.ts'
import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { gate, type Level, type Verdict, waiting } from '../pipeline/level.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { Policy, PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import { BulkheadRejection } from './bulkhead-errors.ts'
import type { BulkheadEvent } from './bulkhead-events.ts'
import { type BulkheadOptions, limitRule, resolveBulkheadOptions } from './bulkhead-options.ts'
import { WaitQueue } from './wait-queue.ts'

/** A slot of a bulkhead that was taken by hand. */
export interface BulkheadPermit {
  /** Gives the slot back; a second time does nothing. */
  release(): void
}

/** A limit on how many calls run at once, as {@link bulkhead} makes it. */
export interface Bulkhead extends Policy {
  readonly kind: 'bulkhead'
  /** How many may run at once. Raising it lets waiting calls in; lowering it never stops a call. */
  limit: number
  /** How many may wait. */
  readonly queueLimit: number
  /** Calls whose work goes on, those included that their caller has given up on. */
  readonly active: number
  /** Calls that wait. */
  readonly queued: number
  /** Calls that were let in, ever. */
  readonly admitted: number
  /** Calls that were refused, ever. */
  readonly rejected: number
  /** Runs work in a slot. */
  run<T>(work: Work<T>, options?: RunOptions): Promise<T>
  /** Takes a slot now, or undefined when none is free or others wait. */
  tryAcquire(): BulkheadPermit | undefined
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: BulkheadEvent) => void): () => void
}

/**
 * Makes a bulkhead: at most `limit` calls run at once, `queue` more wait in order of arrival, others are refused with
 * `BulkheadFullError`. A slot is held until the work has ended, not until the caller gave up on it, so a timeout
 * never lets more work in than the limit. A freed slot goes to the call that waited longest; newcomers never overtake.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @example
 * const smtp = bulkhead({ name: 'smtp', limit: 4, queue: 100 })
 * await smtp.run(() => sendMail(message))
 */
export function bulkhead(options: BulkheadOptions = {}): Bulkhead {
  return new SlotBulkhead(options)
}

class SlotBulkhead implements Bulkhead {
  readonly kind = 'bulkhead'
  readonly name: string
  readonly queueLimit: number
  active = 0
  admitted = 0
  rejected = 0
  #limit: number
  #isSaturated = false
  #isDraining = false
  #alone: Pipeline | undefined = undefined
  readonly #queue = new WaitQueue()
  readonly #events = new Emitter<BulkheadEvent>()

  constructor(options: BulkheadOptions) {
    const { limit, queue, name } = resolveBulkheadOptions(options)
    this.name = name
    this.queueLimit = queue
    this.#limit = limit
    if (options.onEvent !== undefined) this.#events.on(options.onEvent)
  }

  get limit(): number {
    return this.#limit
  }

  set limit(limit: number) {
    checkNumbers('bulkhead', { limit }, { limit: limitRule })
    this.#limit = limit
    this.#drain()
  }

  get queued(): number {
    return this.#queue.length
  }

  on(listener: (event: BulkheadEvent) => void): () => void {
    return this.#events.on(listener)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] })
    return this.#alone.run(work, options)
  }

  tryAcquire(): BulkheadPermit | undefined {
    if (this.active >= this.#limit || this.#queue.length > 0) return undefined
    this.#admit()
    let isHeld = true
    const release = (): void => {
      if (isHeld) this.#release()
      isHeld = false
    }
    return { release }
  }

  stats(): PolicyStats {
    const { admitted, rejected, active, queued, limit, queueLimit } = this
    return { counters: { admitted, rejected }, gauges: { active, queued, limit, queueLimit } }
  }

  compile(): Level {
    return gate({
      enter: (run, index) => this.#enter(run, index),
      release: () => this.#release(),
    })
  }

  #enter(run: RunHandle, index: number): Verdict {
    if (this.active < this.#limit && this.#queue.length === 0) {
      this.#admit()
      return undefined
    }
    if (this.#queue.length >= this.queueLimit) return this.#refuse()
    run.hold(this.#queue.add(run, index))
    return waiting
  }

  #admit(): void {
    this.active++
    this.admitted++
    this.#isSaturated = false
  }

  #refuse(): BulkheadRejection {
    this.rejected++
    if (!this.#isSaturated) {
      this.#isSaturated = true
      const { name: policy, queueLimit: queue } = this
      this.#events.emit({ type: 'BulkheadSaturated', policy, limit: this.#limit, queue })
    }
    return new BulkheadRejection(this.name, this.#limit, this.#queue.length)
  }

  #release(): void {
    this.active--
    this.#drain()
  }

  /** Work that ends at once would recurse here once for each waiting call: the outer loop takes them all. */
  #drain(): void {
    if (this.#isDraining) return
    this.#isDraining = true
    while (this.active < this.#limit) {
      const waiter = this.#queue.take()
      if (waiter === undefined) break
      this.#admit()
      waiter.run.admit(waiter.index)
    }
    this.#isDraining = false
  }
}
