import type { Tick } from '../clock/coarse-tick.ts'

type Work = () => Promise<unknown>

/** What a refused call gets; one object, no stack. */
export const rateIsExceeded: Error = new Error('rate exceeded')

/** How much may be taken in an interval, and at once after a pause. */
export interface LimitRate {
  readonly limit: number
  readonly intervalMs: number
}

/** A token bucket. */
export class LimitBucket {
  readonly #limit: number
  readonly #perMs: number
  #tokens: number
  #at: number

  constructor({ limit, intervalMs }: LimitRate, now: number) {
    this.#limit = limit
    this.#perMs = limit / intervalMs
    this.#tokens = limit
    this.#at = now
  }

  /** Takes a token if there is one. */
  tryTake(now: number): boolean {
    if (now !== this.#at) {
      this.#tokens = Math.min(this.#limit, this.#tokens + (now - this.#at) * this.#perMs)
      this.#at = now
    }
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
  }
}

/** A rate limiter alone. */
export function limitRate(rate: LimitRate, tick: Tick): (work: Work) => Promise<unknown> {
  const bucket = new LimitBucket(rate, tick.now)
  return (work) => (bucket.tryTake(tick.now) ? work() : listened.then(refuse))
}

/** One for each key; keys are never forgotten. */
export function limitKeyedRate(rate: LimitRate, tick: Tick): (work: Work, key: string) => Promise<unknown> {
  const buckets = new Map<string, LimitBucket>()
  return (work, key) => {
    let bucket = buckets.get(key)
    if (bucket === undefined) buckets.set(key, (bucket = new LimitBucket(rate, tick.now)))
    return bucket.tryTake(tick.now) ? work() : listened.then(refuse)
  }
}

const listened = Promise.resolve()
const refuse = (): never => {
  throw rateIsExceeded
}
