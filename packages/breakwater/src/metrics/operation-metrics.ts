import type { Clock } from '../clock/clock.ts'
import type { CallContext } from '../pipeline/call-context.ts'
import type { CallObserver, ObservedCall, SparedBy } from '../pipeline/call-observer.ts'
import { cancelled, failed, type OutcomeKind, rejected, succeeded } from '../pipeline/outcome.ts'
import type { OperationFacts } from '../protocol/operation-facts.ts'
import { countsSince, noCounts, type OperationCounts, type OperationTotals } from './operation-counts.ts'
import { OperationLatency } from './operation-latency.ts'

/** Told of each failed attempt; must not throw. */
export type FailureListener = (context: CallContext, error: unknown) => void

/** Counts the calls of one operation: two clock readings and some increments a call. */
export class OperationMetrics implements CallObserver {
  readonly operation: string
  #calls = 0
  #started = 0
  #successes = 0
  #failures = 0
  #rejections = 0
  #cancellations = 0
  #attempts = 0
  #attemptFailures = 0
  readonly #spared: Record<SparedBy, number> = { retry: 0, fallback: 0, cache: 0, hedge: 0 }
  #collected: OperationCounts = noCounts
  readonly #latency = new OperationLatency()
  readonly #sketch = this.#latency.sketch
  readonly #clock: Clock
  readonly #onFailure: FailureListener

  constructor(operation: string, clock: Clock, onFailure: FailureListener) {
    this.operation = operation
    this.#clock = clock
    this.#onFailure = onFailure
  }

  callStarted(): number {
    this.#started++
    return this.#clock.now()
  }

  callEnded(call: ObservedCall, startedAt: number, kind: OutcomeKind): void {
    this.#calls++
    this.#attempts += call.attemptsMade
    if (kind === succeeded) {
      this.#successes++
      if (call.sparedBy !== undefined) this.#spared[call.sparedBy]++
    } else if (kind === failed) this.#failures++
    else if (kind === rejected) this.#rejections++
    if (kind === cancelled) this.#cancellations++
    else this.#sketch.record(this.#clock.now() - startedAt)
  }

  attemptFailed(context: CallContext, error: unknown): void {
    this.#attemptFailures++
    this.#onFailure(context, error)
  }

  /** Everything since the operation was first called. Takes nothing from who collects. */
  totals(): OperationTotals {
    return { ...this.#counts(), inFlight: this.#inFlight(), latency: this.#latency.totals() }
  }

  /** Takes out what was counted since the call before; undefined when nothing was and nothing runs. */
  collect(): OperationFacts | undefined {
    const totals = this.#counts()
    const counts = countsSince(totals, this.#collected)
    const inFlight = this.#inFlight()
    if (counts.calls === 0 && counts.attemptFailures === 0 && inFlight === 0) return undefined
    this.#collected = totals
    return { operation: this.operation, ...counts, inFlight, latency: this.#latency.collect() }
  }

  #inFlight(): number {
    return this.#started - this.#calls
  }

  #counts(): OperationCounts {
    return {
      calls: this.#calls,
      successes: this.#successes,
      failures: this.#failures,
      rejections: this.#rejections,
      cancellations: this.#cancellations,
      attempts: this.#attempts,
      attemptFailures: this.#attemptFailures,
      sparedByRetry: this.#spared.retry,
      sparedByFallback: this.#spared.fallback,
      sparedByCache: this.#spared.cache,
      sparedByHedge: this.#spared.hedge,
    }
  }
}
