import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatSpoolName, isFoldedInto, parseSpoolName, type SpoolName } from './spool-name.ts'

/** Errors may say what is nobody else's business: only the user who runs the service can read them. */
const folderMode = 0o700
const fileMode = 0o600

/** A spooled report and its size. */
export interface SpooledFile {
  readonly name: SpoolName
  readonly bytes: number
}

/**
 * The files of one instance: one to each report, written beside and renamed into place, so that a reader
 * never sees half a file. Made at the first write.
 */
export class SpoolFolder {
  readonly path: string
  readonly #ownerText: () => string
  #exists: boolean
  #stored: SpoolName | undefined

  /** `ownerText` says whose the files are and that they are looked after; see `spool-owner.ts`. */
  constructor(path: string, ownerText: () => string, exists: boolean) {
    this.path = path
    this.#ownerText = ownerText
    this.#exists = exists
  }

  /** Whether there may be files. */
  get exists(): boolean {
    return this.#exists
  }

  /** Says again that the files are looked after; false when another process has taken them. */
  async touch(): Promise<boolean> {
    if (!this.#exists) return true
    try {
      await this.#write('owner.json', this.#ownerText())
      return true
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
      throw error
    }
  }

  /** Writes a report. */
  async write(name: SpoolName, text: string): Promise<void> {
    if (!this.#exists) await this.#make()
    await this.#write(formatSpoolName(name), text)
  }

  /** Writes a report while the process dies: nothing asynchronous would be finished. */
  writeSync(name: SpoolName, text: string): void {
    if (!this.#exists) {
      mkdirSync(this.path, { recursive: true, mode: folderMode })
      this.#writeSync('owner.json', this.#ownerText())
      this.#exists = true
    }
    this.#writeSync(formatSpoolName(name), text)
  }

  async read(name: SpoolName): Promise<string> {
    return await readFile(join(this.path, formatSpoolName(name)), 'utf8')
  }

  /** The step from unsent to frozen; fails when another process has taken the folder. */
  async rename(from: SpoolName, to: SpoolName): Promise<void> {
    await rename(join(this.path, formatSpoolName(from)), join(this.path, formatSpoolName(to)))
  }

  /** A stored report stays as a mark of its sequence until the next one is stored. */
  async markStored(name: SpoolName): Promise<void> {
    const before = this.#stored
    this.#stored = { ...name, state: 'stored' }
    await this.rename(name, this.#stored)
    if (before !== undefined) await this.remove(before)
  }

  async remove(name: SpoolName): Promise<void> {
    await unlink(join(this.path, formatSpoolName(name)))
  }

  /** The reports that are to be sent, oldest first, and the highest sequence given; leftovers are removed. */
  async load(): Promise<{ readonly files: readonly SpooledFile[]; readonly lastSequence: number }> {
    const names: SpoolName[] = []
    for (const entry of await readdir(this.path)) {
      const name = parseSpoolName(entry)
      if (name !== undefined) names.push(name)
    }
    const leftOver = names.filter((name) => names.some((other) => isFoldedInto(name, other)))
    for (const name of leftOver) await this.remove(name)
    const live = names.filter((name) => !leftOver.includes(name))
    const stored = live.filter((name) => name.state === 'stored').sort((a, b) => a.sequence - b.sequence)
    this.#stored = stored.at(-1)
    const waiting = live.filter((name) => name.state !== 'stored').sort((a, b) => a.first - b.first)
    const files: SpooledFile[] = []
    for (const name of waiting) files.push({ name, bytes: (await this.read(name)).length })
    return { files, lastSequence: Math.max(0, ...live.map((name) => name.sequence)) }
  }

  /** Removes the folder with all that is in it, while the process ends or when nothing is left to send. */
  removeSync(): void {
    if (this.#exists) rmSync(this.path, { recursive: true, force: true })
    this.#exists = false
  }

  async #make(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: folderMode })
    await this.#write('owner.json', this.#ownerText())
    this.#exists = true
  }

  async #write(name: string, text: string): Promise<void> {
    const temporary = join(this.path, `${name}.tmp`)
    await writeFile(temporary, text, { mode: fileMode })
    await rename(temporary, join(this.path, name))
  }

  /** Not the same temporary name: an asynchronous write of the same file may be under way. */
  #writeSync(name: string, text: string): void {
    const temporary = join(this.path, `${name}.last.tmp`)
    writeFileSync(temporary, text, { flush: true, mode: fileMode })
    renameSync(temporary, join(this.path, name))
  }
}
