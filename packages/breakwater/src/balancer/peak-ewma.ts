/**
 * A latency that rises at once and falls slowly: a sample above the average replaces it, one below moves it by as much as
 * time has passed. What is read also decays towards 0, so that an endpoint that was slow once is tried again.
 *
 * @see Finagle, `com.twitter.finagle.loadbalancer.PeakEwma`
 */
export class PeakEwma {
  readonly #decayMs: number
  #value = 0
  #recordedAt = 0

  /** `decayMs` is the time in which a difference shrinks to 1/e. */
  constructor(decayMs: number) {
    this.#decayMs = decayMs
  }

  /** Counts a latency that was measured at `now`. */
  record(latencyMs: number, now: number): void {
    const kept = this.#keptAt(now)
    this.#value = latencyMs > this.#value ? latencyMs : this.#value * kept + latencyMs * (1 - kept)
    this.#recordedAt = now
  }

  /** Counts a latency of which only a lower bound is known: it can raise the value and never lowers it. */
  recordAtLeast(latencyMs: number, now: number): void {
    if (latencyMs > this.valueAt(now)) this.record(latencyMs, now)
  }

  /** Counts a failure after `elapsedMs`: what was known holds anew, or is worse; where nothing is known a failure says nothing. */
  renew(elapsedMs: number, now: number): void {
    if (this.#value === 0) return
    this.#value = Math.max(this.#value, elapsedMs)
    this.#recordedAt = now
  }

  /** The value at `now`; 0 when nothing was recorded. */
  valueAt(now: number): number {
    return this.#value * this.#keptAt(now)
  }

  #keptAt(now: number): number {
    return Math.exp(Math.min(0, this.#recordedAt - now) / this.#decayMs)
  }
}
