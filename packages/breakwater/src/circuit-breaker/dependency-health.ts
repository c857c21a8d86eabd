/** What is known of a dependency from elsewhere: its health checks. */
export type DependencyHealth = 'healthy' | 'unhealthy' | 'unknown'

/**
 * Told by a breaker that it wants to know how its dependency is, from now on; `report` may be called at once and as often
 * as there is news. What it returns ends that.
 */
export type HealthProbe = (report: (isHealthy: boolean) => void) => (() => void) | undefined

/**
 * A subscription to a probe. Neither a probe that fails nor one that reports too late changes a call. It can be ended while
 * it is started, by what the probe does.
 */
export class HealthWatch {
  readonly #report: (isHealthy: boolean) => void
  #stop: (() => void) | undefined = undefined
  #isOver = false

  constructor(report: (isHealthy: boolean) => void) {
    this.#report = report
  }

  /** Subscribes; once. */
  start(probe: HealthProbe): void {
    try {
      this.#stop = probe((isHealthy) => {
        if (!this.#isOver) this.#report(isHealthy)
      })
    } catch {
      // Without the probe the breaker tries again when its time has come.
    }
    if (this.#isOver) this.end()
  }

  /** Ends the subscription. */
  end(): void {
    this.#isOver = true
    const stop = this.#stop
    this.#stop = undefined
    try {
      stop?.()
    } catch {
      // Whoever reports is no longer heard.
    }
  }
}
