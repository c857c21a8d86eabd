import type { Clock } from '../clock/clock.ts'
import type { Random } from '../random/random.ts'

const firstMs = 50

/** What {@link RespawnBackoff} goes by. */
export interface RespawnLimits {
  readonly maxBackoffMs: number
  readonly clock: Clock
  readonly random: Random
}

/** Keeps what is lost again and again from being replaced as fast: each further loss in a row doubles the wait. */
export class RespawnBackoff {
  readonly #limits: RespawnLimits
  #losses = 0
  #notBefore = -Infinity

  constructor(limits: RespawnLimits) {
    this.#limits = limits
  }

  /** How long to wait from now on; 0 when a replacement may be made. */
  get waitMs(): number {
    return Math.max(0, this.#notBefore - this.#limits.clock.now())
  }

  /** Whether the last thing that happened was a loss. */
  get isFailing(): boolean {
    return this.#losses > 0
  }

  /** Something was lost. Answers how long nothing replaces it. */
  lost(): number {
    this.#losses++
    if (this.#losses === 1) return this.waitMs
    const { maxBackoffMs, clock, random } = this.#limits
    const longest = Math.min(maxBackoffMs, firstMs * 2 ** Math.min(this.#losses - 2, 30))
    this.#notBefore = clock.now() + longest * (0.5 + random.next() / 2)
    return this.waitMs
  }

  /** Something worked: the next loss counts as the first. */
  worked(): void {
    this.#losses = 0
    this.#notBefore = -Infinity
  }
}
