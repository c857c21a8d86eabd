/**
 * An exponentially weighted average over about `window` values, which starts as the plain average of the first `warmup`.
 *
 * @see Netflix concurrency-limits, `ExpAvgMeasurement`
 */
export class ExponentialAverage {
  readonly #warmup: number
  readonly #factor: number
  #count = 0
  #sum = 0
  #value = 0

  constructor(window: number, warmup: number) {
    this.#factor = 2 / (window + 1)
    this.#warmup = warmup
  }

  /** Takes a value; the result is the average with it. */
  add(value: number): number {
    if (this.#count < this.#warmup) {
      this.#count++
      this.#sum += value
      this.#value = this.#sum / this.#count
    } else this.#value = this.#value * (1 - this.#factor) + value * this.#factor
    return this.#value
  }

  /** Moves the average towards 0. */
  scale(factor: number): void {
    this.#value *= factor
  }
}
