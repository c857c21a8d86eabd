import type { Clock, Timer } from '../clock/clock.ts'
import { checkNumbers, type NumberRule } from '../config/check-option.ts'
import type { Held } from '../pipeline/held.ts'
import { type Verdict, waiting } from '../pipeline/level.ts'
import type { Rejection } from '../pipeline/rejection.ts'
import type { SlotOptions, BulkheadPermit } from './bulkhead-api.ts'
import type { SlotSeeker } from './slot-seeker.ts'
import type { Waiter } from './waiter.ts'

/** The bulkhead, as a request by hand sees it. */
export interface RequestHost {
  readonly name: string
  readonly clock: Clock
  /** Lets the request in, refuses it, or lets it wait. */
  ask(request: SlotRequest): Verdict
  /** Its slot is free again. */
  givenBack(request: SlotRequest): void
}

const maxWaitRule: NumberRule = { min: 0, isAboveMin: true }
const nothing = (): void => undefined

/**
 * A slot that is asked for by hand. To the bulkhead it is like a run of a pipeline, so that it stands in the same line; its work
 * is whatever happens until the permit is released.
 *
 * Whether it is let in, refused or aborted is decided once, and synchronously: no slot is held for somebody who was told otherwise.
 */
export class SlotRequest implements SlotSeeker {
  readonly permits: unknown[] = [undefined]
  readonly call: { readonly options: SlotOptions | undefined }
  readonly #host: RequestHost
  /** Its place in the line, while it waits. */
  #waiter: Waiter | undefined = undefined
  #timer: Timer | undefined = undefined
  #resolve: (permit: BulkheadPermit) => void = nothing
  #reject: (reason: unknown) => void = nothing
  readonly #onAbort: () => void = () => this.#abort()

  constructor(host: RequestHost, options: SlotOptions | undefined) {
    this.#host = host
    this.call = { options }
  }

  get operation(): string {
    return this.#host.name
  }

  /** The permit, as soon as there is a slot for it. */
  permitInTime(): Promise<BulkheadPermit> {
    return new Promise((resolve, reject) => {
      const { signal, ...options } = this.call.options ?? {}
      checkNumbers('a wait for a slot', options, { maxWaitMs: maxWaitRule })
      if (signal?.aborted === true) throw signal.reason
      this.#resolve = resolve
      this.#reject = reject
      const verdict = this.#host.ask(this)
      if (verdict === undefined) this.admit()
      else if (verdict === waiting) this.#startWaiting()
      else if (typeof verdict === 'object') reject(verdict.toError())
    })
  }

  /** The permit of a slot that is taken already. */
  permit(): BulkheadPermit {
    let isHeld = true
    const release = (): void => {
      if (!isHeld) return
      isHeld = false
      this.#host.givenBack(this)
    }
    return { release, [Symbol.dispose]: release }
  }

  hold(held: Held): void {
    this.#waiter = held as Waiter
  }

  admit(): void {
    this.#stopWaiting()
    const signal = this.call.options?.signal
    if (signal?.aborted !== true) return this.#resolve(this.permit())
    // Another listener of the signal gave a slot back before this request's own was called.
    this.permit().release()
    this.#reject(signal.reason)
  }

  refuse(_: Held, rejection: Rejection): void {
    this.#stopWaiting()
    this.#reject(rejection.toError())
  }

  #startWaiting(): void {
    const { signal, maxWaitMs = Infinity } = this.call.options ?? {}
    signal?.addEventListener('abort', this.#onAbort, { once: true })
    if (signal?.aborted === true) this.#abort()
    else if (maxWaitMs !== Infinity)
      this.#timer = this.#host.clock.setTimer(maxWaitMs, () => this.#waiter?.deadlineReached())
  }

  #stopWaiting(): void {
    this.#waiter = undefined
    this.#timer?.cancel()
    this.call.options?.signal?.removeEventListener('abort', this.#onAbort)
  }

  #abort(): void {
    const waiter = this.#waiter
    const reason: unknown = this.call.options?.signal?.reason
    this.#stopWaiting()
    waiter?.cut()
    this.#reject(reason)
  }
}
