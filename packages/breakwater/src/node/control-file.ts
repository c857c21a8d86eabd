import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ControlState } from '../protocol/index.ts'
import { parseControlState } from './control-state.ts'

/** The last orders of the hub on disk, shared by a service's instances: they hold while the hub is away. */
export class ControlFile {
  readonly #path: string
  readonly #writer: string
  #writing: Promise<void> = Promise.resolve()

  /** `writer` is unique to the instance, so that two never write the same temporary file. */
  constructor(path: string, writer: string) {
    this.#path = path
    this.#writer = writer
  }

  /** The state; undefined when there is none that can be read. Synchronous: it must hold from the first call on. */
  read(): ControlState | undefined {
    try {
      return parseControlState(readFileSync(this.#path, 'utf8'))
    } catch {
      return undefined
    }
  }

  /** Replaces the state, after the writes before it. */
  write(state: ControlState): Promise<void> {
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#replace(state))
    return this.#writing
  }

  async #replace(state: ControlState): Promise<void> {
    const temporary = `${this.#path}.${this.#writer}.tmp`
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 })
    await writeFile(temporary, JSON.stringify(state), { mode: 0o600 })
    await rename(temporary, this.#path)
  }
}
