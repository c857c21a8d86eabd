const tickMs = 5

/** A coarse clock: one timer for the process, read as a property. It never keeps the process alive. */
export class CoarseTick {
  /** Monotonic milliseconds, up to one tick old. */
  now: number = performance.now()
  readonly #listeners: (() => void)[] = []

  constructor() {
    setInterval(() => this.#tick(), tickMs).unref()
  }

  /** Calls back at each tick. */
  onTick(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Resolves after `ms`. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, ms)
    })
  }

  #tick(): void {
    this.now = performance.now()
    for (const listener of this.#listeners) listener()
  }
}

let shared: CoarseTick | undefined

/** The one tick of this process, started when first asked for. */
export function sharedTick(): CoarseTick {
  shared ??= new CoarseTick()
  return shared
}
