import type { Clock } from '../clock/clock.ts'
import { ResilienceError } from '../faults/resilience-error.ts'
import type { Endpoint } from './endpoint.ts'

/** What a discovery is made of. */
export interface DiscoveryParts<E extends Endpoint> {
  readonly discover: (context: { readonly signal: AbortSignal }) => readonly E[] | PromiseLike<readonly E[]>
  readonly everyMs: number
  readonly timeoutMs: number
  readonly clock: Clock
  /** Takes an answer that names at least one endpoint. */
  readonly found: (endpoints: readonly E[]) => void
  readonly failed: (error: unknown) => void
}

const firstPauseMs = 1_000

/** Asks for endpoints, one question at a time, when somebody needs them: there is no timer between questions. */
export class Discovery<E extends Endpoint> {
  readonly #parts: DiscoveryParts<E>
  #underWay: Promise<void> | undefined = undefined
  #nextAt = -Infinity
  #failuresInARow = 0
  /** Why the last question failed; undefined when it did not. */
  lastError: unknown = undefined

  constructor(parts: DiscoveryParts<E>) {
    this.#parts = parts
  }

  /** The question to wait for at `now`: the one under way, or a new one if it is time; undefined when it is not. */
  keepFresh(now: number): Promise<void> | undefined {
    if (this.#underWay !== undefined) return this.#underWay
    return now >= this.#nextAt ? this.refresh() : undefined
  }

  /** Asks now, or joins the question under way. Never rejects. */
  refresh(): Promise<void> {
    this.#underWay ??= this.#ask().finally(() => {
      this.#underWay = undefined
    })
    return this.#underWay
  }

  async #ask(): Promise<void> {
    const { clock, everyMs, found, failed } = this.#parts
    try {
      const endpoints = await this.#answer()
      if (!Array.isArray(endpoints) || endpoints.length === 0) {
        throw new ResilienceError('Discovery gave no endpoints', { code: 'DISCOVERY_EMPTY' })
      }
      this.#failuresInARow = 0
      this.lastError = undefined
      this.#nextAt = clock.now() + everyMs
      found(endpoints)
    } catch (error) {
      const pauseMs = Math.min(everyMs, firstPauseMs * 2 ** this.#failuresInARow)
      this.#failuresInARow++
      this.lastError = error
      this.#nextAt = clock.now() + pauseMs
      failed(error)
    }
  }

  async #answer(): Promise<readonly E[]> {
    const { discover, timeoutMs, clock } = this.#parts
    const controller = new AbortController()
    const { signal } = controller
    const giveUp = (): void =>
      controller.abort(
        new ResilienceError(`Discovery took more than ${timeoutMs} ms`, { code: 'DISCOVERY_TIMEOUT' }),
      )
    const timer = clock.setTimer(timeoutMs, giveUp)
    try {
      return await new Promise<readonly E[]>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        Promise.resolve(discover({ signal })).then(resolve, reject)
      })
    } finally {
      timer.cancel()
    }
  }
}
