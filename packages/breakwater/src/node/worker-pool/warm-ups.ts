interface WarmUp {
  readonly count: number
  readonly resolvers: PromiseWithResolvers<void>
}

/** Those who wait until so many workers are ready. */
export class WarmUps {
  #waiting: readonly WarmUp[] = []

  /** How many workers the most demanding of them wants; 0 when there are none. */
  get count(): number {
    return Math.max(0, ...this.#waiting.map(({ count }) => count))
  }

  add(count: number): Promise<void> {
    const resolvers = Promise.withResolvers<void>()
    this.#waiting = [...this.#waiting, { count, resolvers }]
    return resolvers.promise
  }

  /** So many are ready. */
  ready(count: number): void {
    if (this.#waiting.length === 0) return
    const warm = this.#waiting.filter((waiting) => waiting.count <= count)
    this.#waiting = this.#waiting.filter((waiting) => waiting.count > count)
    for (const { resolvers } of warm) resolvers.resolve()
  }

  fail(error: Error): void {
    const failed = this.#waiting
    this.#waiting = []
    for (const { resolvers } of failed) resolvers.reject(error)
  }
}
