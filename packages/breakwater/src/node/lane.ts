import type { InstanceIdentity } from '../protocol/index.ts'
import { protocolVersion } from '../protocol/index.ts'
import type { SpoolFolder } from './spool-folder.ts'
import type { SpoolName } from './spool-name.ts'

/** One report on its way, or what will become one. */
export interface LaneEntry {
  readonly first: number
  readonly last: number
  /** The facts as JSON; undefined while they are only on disk. */
  text: string | undefined
  readonly bytes: number
  /** Given when it is first sent, and never changed after. */
  sequence: number | undefined
  /** Its file, once it has one. */
  file: SpoolName | undefined
}

/**
 * The reports of one instance, oldest first. The first may be frozen: it has its sequence and was perhaps
 * stored. The others are unsent and may still be folded. At most one is in flight.
 */
export class Lane {
  readonly identity: InstanceIdentity
  readonly folder: SpoolFolder | undefined
  readonly entries: LaneEntry[] = []
  readonly #head: string
  #lastSequence = 0
  #lastNumber = 0

  constructor(identity: InstanceIdentity, folder: SpoolFolder | undefined) {
    this.identity = identity
    this.folder = folder
    this.#head = `{"protocol":${String(protocolVersion)},"identity":${JSON.stringify(identity)},"sequence":`
  }

  /** Bytes that wait in memory and on disk. */
  get bytes(): number {
    return this.entries.reduce((sum, entry) => sum + entry.bytes, 0)
  }

  /** Takes over the files of a dead instance. */
  async load(): Promise<void> {
    if (this.folder === undefined) return
    const { files, lastSequence } = await this.folder.load()
    this.#lastSequence = lastSequence
    for (const { name, bytes } of files) {
      const sequence = name.state === 'frozen' ? name.sequence : undefined
      this.entries.push({ first: name.first, last: name.last, text: undefined, bytes, sequence, file: name })
    }
  }

  /** Adds facts at the end. */
  push(text: string): void {
    this.#lastNumber += 1
    const number = this.#lastNumber
    this.entries.push({
      first: number,
      last: number,
      text,
      bytes: text.length,
      sequence: undefined,
      file: undefined,
    })
  }

  /** The facts of an entry, wherever they are. */
  async read(entry: LaneEntry): Promise<string> {
    if (entry.text !== undefined) return entry.text
    if (entry.file === undefined || this.folder === undefined) throw new Error('A spooled report has no file')
    return await this.folder.read(entry.file)
  }

  /** Gives the first entry its sequence for good and returns the body to send. */
  async freeze(entry: LaneEntry): Promise<string> {
    const text = await this.read(entry)
    if (entry.sequence === undefined) {
      const sequence = this.#lastSequence + 1
      if (entry.file !== undefined && this.folder !== undefined) {
        const frozen: SpoolName = { ...entry.file, state: 'frozen', sequence }
        await this.folder.rename(entry.file, frozen)
        entry.file = frozen
      }
      this.#lastSequence = sequence
      entry.sequence = sequence
    }
    return `${this.#head}${String(entry.sequence)},${text.slice(1)}`
  }

  /** Forgets the first entry, which the hub has stored or will never store. */
  async finish(entry: LaneEntry): Promise<void> {
    if (this.entries[0] === entry) this.entries.shift()
    if (entry.file !== undefined) await this.folder?.markStored(entry.file)
  }

  /** Writes what is only in memory to disk. */
  async spill(): Promise<void> {
    if (this.folder === undefined) return
    for (const entry of this.entries.filter((candidate) => candidate.file === undefined)) {
      const name = this.#nameOf(entry)
      if (entry.text === undefined) continue
      await this.folder.write(name, entry.text)
      if (entry.file !== undefined || !this.entries.includes(entry)) continue
      entry.file = name
      entry.text = undefined
    }
  }

  /** As {@link Lane.spill}, while the process dies. The entries stay sendable, should it live on. */
  spillSync(): void {
    for (const entry of this.entries) {
      if (entry.file !== undefined || entry.text === undefined) continue
      const name = this.#nameOf(entry)
      this.folder?.writeSync(name, entry.text)
      entry.file = name
    }
  }

  /** The facts text of `entries[index]` and of the one after it becomes one entry in their place. */
  async replacePair(index: number, text: string): Promise<void> {
    const [earlier, later] = this.entries.slice(index, index + 2)
    if (earlier === undefined || later === undefined) return
    const folded: LaneEntry = {
      first: earlier.first,
      last: later.last,
      text,
      bytes: text.length,
      sequence: undefined,
      file: undefined,
    }
    const old = [earlier.file, later.file].filter((file) => file !== undefined)
    if (this.folder !== undefined && old.length > 0) {
      folded.file = this.#nameOf(folded)
      await this.folder.write(folded.file, text)
      folded.text = undefined
    }
    this.entries.splice(index, 2, folded)
    for (const file of old) await this.folder?.remove(file)
  }

  /** Takes out what is only in memory and was never sent; forgets the rest. */
  takeUnsent(): readonly string[] {
    const texts: string[] = []
    for (const { text, file, sequence } of this.entries.splice(0)) {
      if (text !== undefined && file === undefined && sequence === undefined) texts.push(text)
    }
    return texts
  }

  /** Gives up an unsent entry. */
  async discard(entry: LaneEntry): Promise<void> {
    const index = this.entries.indexOf(entry)
    if (index >= 0) this.entries.splice(index, 1)
    if (entry.file !== undefined) await this.folder?.remove(entry.file)
  }

  #nameOf({ first, last, sequence }: LaneEntry): SpoolName {
    return sequence === undefined
      ? { state: 'unsent', first, last, sequence: this.#lastSequence }
      : { state: 'frozen', first, last, sequence }
  }
}
