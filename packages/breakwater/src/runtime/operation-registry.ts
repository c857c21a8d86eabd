import type { Clock } from '../clock/clock.ts'
import { type FailureListener, OperationMetrics } from '../metrics/operation-metrics.ts'
import { wireName } from '../faults/wire-name.ts'
import { type OperationFacts, reportLimits } from '../protocol/index.ts'

/** Under this name all operations beyond the limit are counted together. */
export const overflowOperation = '(other)'

/** The metrics of a service's operations, by name; bounded. */
export class OperationRegistry {
  readonly #operations = new Map<string, OperationMetrics>()
  readonly #clock: Clock
  readonly #onFailure: FailureListener
  #dropped = 0
  #collectedDropped = 0

  constructor(clock: Clock, onFailure: FailureListener) {
    this.#clock = clock
    this.#onFailure = onFailure
  }

  /** The metrics of an operation; the same for the same name. */
  get(name: string): OperationMetrics {
    const operation = wireName(name)
    const known = this.#operations.get(operation)
    if (known !== undefined) return known
    if (this.#operations.size >= reportLimits.operations - 1 && operation !== overflowOperation) {
      this.#dropped++
      return this.get(overflowOperation)
    }
    const metrics = new OperationMetrics(operation, this.#clock, this.#onFailure)
    this.#operations.set(operation, metrics)
    return metrics
  }

  /** How often an operation was asked for that has no metrics of its own. */
  get dropped(): number {
    return this.#dropped
  }

  /** Everything since the start, by operation. */
  all(): readonly OperationMetrics[] {
    return [...this.#operations.values()]
  }

  /** Takes out what was counted since the call before. */
  collect(): { readonly operations: readonly OperationFacts[]; readonly dropped: number } {
    const operations = this.all()
      .map((metrics) => metrics.collect())
      .filter((facts) => facts !== undefined)
    const dropped = this.#dropped - this.#collectedDropped
    this.#collectedDropped = this.#dropped
    return { operations, dropped }
  }
}
