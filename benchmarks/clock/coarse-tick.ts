const tickMs = 5

/** What the hand-written contestants know of time. */
export interface Tick {
  /** Monotonic whole milliseconds, up to one tick old: small integers, as a fraction would be an object on the heap. */
  readonly now: number
  /** Calls back at each tick. */
  onTick(listener: () => void): void
  /** Resolves after `ms`. */
  sleep(ms: number): Promise<void>
}

/** A coarse clock: one timer for the process, read as a property. It never keeps the process alive. */
class CoarseTick implements Tick {
  now: number = Math.floor(performance.now())
  readonly #listeners: (() => void)[] = []

  constructor() {
    setInterval(() => this.#tick(), tickMs).unref()
  }

  onTick(listener: () => void): void {
    this.#listeners.push(listener)
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, ms)
    })
  }

  #tick(): void {
    this.now = Math.floor(performance.now())
    for (const listener of this.#listeners) listener()
  }
}

let shared: Tick | undefined

/** The one tick of this process, started when first asked for. */
export function sharedTick(): Tick {
  shared ??= new CoarseTick()
  return shared
}
