/** What a registry keeps of a key; the entry itself is the link of the list that it is in. */
export interface Registered<Entry> {
  /** The key. */
  readonly name: string
  /** Seconds of the clock, whole: a number that needs no box. */
  usedAt: number
  /** Must not leave without being asked for, or without it being said. */
  isPinned: boolean
  older: Entry | undefined
  newer: Entry | undefined
}

/** Entries by age of use, without a box for each. */
class AgeList<Entry extends Registered<Entry>> {
  oldest: Entry | undefined = undefined
  newest: Entry | undefined = undefined
  size = 0

  append(entry: Entry): void {
    entry.older = this.newest
    entry.newer = undefined
    if (this.newest === undefined) this.oldest = entry
    else this.newest.newer = entry
    this.newest = entry
    this.size++
  }

  unlink(entry: Entry): void {
    const { older, newer } = entry
    if (older === undefined) this.oldest = newer
    else older.newer = newer
    if (newer === undefined) this.newest = older
    else newer.older = older
    this.size--
  }
}

/** Options of {@link KeyRegistry}. */
export interface KeyRegistryOptions<Entry extends Registered<Entry>> {
  /** How many entries there are at most. */
  readonly maxKeys: number
  /** After how long without use an entry leaves, milliseconds. */
  readonly idleMs: number
  /** Makes the entry of a key. */
  readonly make: (key: string) => Entry
  /** An entry has left. */
  readonly left: (entry: Entry) => void
}

/**
 * Entries by key, at most `maxKeys`. Who was not used for `idleMs` leaves, up to two with each use of
 * any key, and who was used least recently makes room for a new key: everything O(1), and no timers. Pinned entries stand in a list of their own: they
 * leave only after `idleMs`, never for want of room.
 */
export class KeyRegistry<Entry extends Registered<Entry>> {
  readonly #options: KeyRegistryOptions<Entry>
  readonly #entries = new Map<string, Entry>()
  readonly #loose = new AgeList<Entry>()
  readonly #pinned = new AgeList<Entry>()

  constructor(options: KeyRegistryOptions<Entry>) {
    this.#options = options
  }

  get size(): number {
    return this.#entries.size
  }

  /** How many entries are pinned. */
  get pinned(): number {
    return this.#pinned.size
  }

  /** The entry of a key, if there is one, without using it. */
  peek(key: string): Entry | undefined {
    return this.#loose.newest?.name === key ? this.#loose.newest : this.#entries.get(key)
  }

  /** The entry of a key, made if need be, as the one used last; undefined when there is no room for another. */
  use(key: string, now: number): Entry | undefined {
    this.#sweep(now)
    const newest = this.#loose.newest
    const entry = newest?.name === key ? newest : (this.#entries.get(key) ?? this.#add(key))
    if (entry === undefined) return undefined
    entry.usedAt = secondOf(now)
    const list = this.#listOf(entry)
    if (list.newest === entry) return entry
    list.unlink(entry)
    list.append(entry)
    return entry
  }

  /** An entry may no longer leave for want of room, or may again. */
  pin(entry: Entry, isPinned: boolean): void {
    if (entry.isPinned === isPinned || this.#entries.get(entry.name) !== entry) return
    this.#listOf(entry).unlink(entry)
    entry.isPinned = isPinned
    this.#listOf(entry).append(entry)
  }

  /** Takes an entry out. */
  drop(entry: Entry): void {
    this.#listOf(entry).unlink(entry)
    this.#entries.delete(entry.name)
    this.#options.left(entry)
  }

  /** The pinned entries, the one used least recently first, at most `limit`. */
  allPinned(limit: number): readonly Entry[] {
    const found: Entry[] = []
    for (let at = this.#pinned.oldest; at !== undefined && found.length < limit; at = at.newer) found.push(at)
    return found
  }

  #add(key: string): Entry | undefined {
    if (!this.#makeRoom()) return undefined
    const made = this.#options.make(key)
    // Making asks a function of the user's, which may have used this key, or the room.
    const other = this.#entries.get(key)
    if (other !== undefined) return other
    if (!this.#makeRoom()) return undefined
    this.#entries.set(key, made)
    this.#listOf(made).append(made)
    return made
  }

  #makeRoom(): boolean {
    while (this.size >= this.#options.maxKeys) {
      const victim = this.#loose.oldest
      if (victim === undefined) return false
      this.drop(victim)
    }
    return true
  }

  #sweep(now: number): void {
    const before = secondOf(now - this.#options.idleMs)
    const loose = this.#loose.oldest
    if (loose !== undefined && loose.usedAt < before) this.drop(loose)
    const pinned = this.#pinned.oldest
    if (pinned !== undefined && pinned.usedAt < before) this.drop(pinned)
  }

  #listOf(entry: Entry): AgeList<Entry> {
    return entry.isPinned ? this.#pinned : this.#loose
  }
}

function secondOf(now: number): number {
  return Math.floor(now / 1_000)
}
