import type { Clock } from '../src/clock/clock.ts'
import { systemClock } from '../src/clock/system-clock.ts'

interface Repeated {
  readonly periodMs: number
  readonly action: () => void
  dueAt: number
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number
  #held: (() => void)[] | null = null
  readonly #repeated = new Set<Repeated>()

  constructor(now: number = Date.UTC(2026, 5, 1, 12)) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  monotonicMs(): number {
    return this.#now
  }

  every(periodMs: number, action: () => void): () => void {
    const repeated = { periodMs, action, dueAt: this.#now + periodMs }
    this.#repeated.add(repeated)
    return () => this.#repeated.delete(repeated)
  }

  soon(action: () => void): void {
    if (this.#held === null) systemClock.soon(action)
    else this.#held.push(action)
  }

  /** Holds back what is to be done soon until the returned function is called. */
  hold(): () => void {
    const held: (() => void)[] = []
    this.#held = held
    return () => {
      this.#held = null
      for (const action of held) systemClock.soon(action)
    }
  }

  /** Moves the time on as if the machine had slept: what was due on the way is due once, at the next step. */
  jump(ms: number): void {
    this.#now += ms
    for (const repeated of this.#repeated) repeated.dueAt = Math.max(repeated.dueAt, this.#now)
  }

  /** Moves the time on and does what is due on the way; what it starts may still go on. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const [next] = [...this.#repeated].sort((a, b) => a.dueAt - b.dueAt)
      if (next === undefined || next.dueAt > end) break
      this.#now = next.dueAt
      next.dueAt += next.periodMs
      next.action()
    }
    this.#now = end
  }
}
