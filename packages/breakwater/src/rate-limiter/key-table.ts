import type { RateKey } from './rate-key.ts'

/** How many of the least recently used keys are looked at to find one that may go. */
const looks = 8
/** How many keys that count for nothing any more are dropped with each new one. */
const sweeps = 2
const longestKey = 1_024

/** What a table is made with. */
export interface KeyTableOptions {
  /** The most keys that are kept. */
  readonly maxKeys: number
  /** Makes what is kept of a new key. */
  readonly make: (key: string) => RateKey
}

/**
 * The keys of a limiter, at most `maxKeys`, least recently used first. A key leaves by itself only when it is fresh, that is
 * when a new one would decide the same; no timers: each new key sweeps two old ones out.
 */
export class KeyTable {
  readonly #options: KeyTableOptions
  readonly #keys = new Map<string, RateKey>()
  #oldest: RateKey | undefined = undefined
  #newest: RateKey | undefined = undefined

  constructor(options: KeyTableOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#keys.size
  }

  /** The key, without marking it as used. */
  peek(key: string): RateKey | undefined {
    return this.#newest?.key === key ? this.#newest : this.#keys.get(key)
  }

  /** The key, as the most recently used. */
  find(key: string): RateKey | undefined {
    if (this.#newest?.key === key) return this.#newest
    const found = this.#keys.get(key)
    if (found === undefined) return undefined
    this.#unlink(found)
    this.#append(found)
    return found
  }

  /**
   * Makes a new key; undefined when there are `maxKeys` that still count.
   *
   * @throws {RangeError} when the key is too long to be kept
   */
  add(key: string, now: number): RateKey | undefined {
    checkKey(key)
    this.#sweep(now)
    if (this.size >= this.#options.maxKeys && !this.#dropFresh(now)) return undefined
    const made = this.#options.make(key)
    this.#keys.set(key, made)
    this.#append(made)
    return made
  }

  /** Forgets the least recently used key for which nobody waits, fresh or not; undefined when there is none near. */
  forget(): RateKey | undefined {
    const victim = this.#search((key) => key.first === undefined && !key.isDraining)
    if (victim !== undefined) this.#drop(victim)
    return victim
  }

  /** All keys, those included that are added meanwhile. */
  all(): Iterable<RateKey> {
    return this.#keys.values()
  }

  /** Milliseconds until the least recently used key is fresh, as far as that can be told. */
  roomInMs(now: number, fullCost: number): number {
    return this.#oldest?.waitMs(fullCost, now) ?? 0
  }

  #sweep(now: number): void {
    for (let i = 0; i < sweeps; i++) {
      const oldest = this.#oldest
      if (oldest === undefined || !oldest.isFresh(now)) return
      this.#drop(oldest)
    }
  }

  #dropFresh(now: number): boolean {
    const fresh = this.#search((key) => key.isFresh(now))
    if (fresh !== undefined) this.#drop(fresh)
    return fresh !== undefined
  }

  #search(isRight: (key: RateKey) => boolean): RateKey | undefined {
    let key = this.#oldest
    for (let i = 0; i < looks && key !== undefined; i++) {
      if (isRight(key)) return key
      key = key.newer
    }
    return undefined
  }

  #drop(key: RateKey): void {
    this.#unlink(key)
    this.#keys.delete(key.key)
  }

  #append(key: RateKey): void {
    key.older = this.#newest
    if (this.#newest === undefined) this.#oldest = key
    else this.#newest.newer = key
    this.#newest = key
  }

  #unlink(key: RateKey): void {
    const { older, newer } = key
    if (older === undefined) this.#oldest = newer
    else older.newer = newer
    if (newer === undefined) this.#newest = older
    else newer.older = older
    key.older = undefined
    key.newer = undefined
  }
}

function checkKey(key: unknown): void {
  if (typeof key !== 'string') {
    throw new TypeError(`Cannot limit a call as its key must be a string: current value is a ${typeof key}`)
  }
  if (key.length <= longestKey) return
  throw new RangeError(
    `Cannot limit a call as its key must have at most ${longestKey} characters: it has ${key.length}`,
  )
}
