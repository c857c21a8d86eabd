import { checkNumbers } from '../config/check-option.ts'
import type { LimitBounds } from './limit-algorithm.ts'

/** Bounds that may be set while the limiter runs: an estimator that reads them at each sample knows those of then. */
export class LiveBounds implements LimitBounds {
  readonly initialLimit: number
  #minLimit: number
  #maxLimit: number

  constructor({ initialLimit, minLimit, maxLimit }: LimitBounds) {
    this.initialLimit = initialLimit
    this.#minLimit = minLimit
    this.#maxLimit = maxLimit
  }

  get minLimit(): number {
    return this.#minLimit
  }

  set minLimit(minLimit: number) {
    check({ minLimit }, 1, this.#maxLimit)
    this.#minLimit = minLimit
  }

  get maxLimit(): number {
    return this.#maxLimit
  }

  set maxLimit(maxLimit: number) {
    check({ maxLimit }, this.#minLimit, 1_000_000)
    this.#maxLimit = maxLimit
  }
}

/** Undefined is no way to leave it to a default: there is none any more. */
function check(bound: Readonly<Record<string, number | undefined>>, min: number, max: number): void {
  for (const [field, value] of Object.entries(bound)) {
    checkNumbers('concurrency limiter', { [field]: value ?? NaN }, { [field]: { min, max, isInteger: true } })
  }
}
