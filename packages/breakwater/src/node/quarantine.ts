import { mkdir, readdir, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { InstanceIdentity } from '../protocol/index.ts'
import { folderName } from './spool-name.ts'

/** Refused reports kept for a person to look at. */
const mostKept = 20

/** Where reports go that the hub will never take: the newest 20, so that a mistake can be found. */
export class Quarantine {
  readonly #folder: string | undefined

  /** `folder` undefined keeps nothing. */
  constructor(folder: string | undefined) {
    this.#folder = folder
  }

  /** Keeps a refused report. Never rejects: it is lost already, and counted. */
  async keep(identity: InstanceIdentity, sequence: number, text: string): Promise<void> {
    if (this.#folder === undefined) return
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 })
      const kept = (await readdir(this.#folder)).sort()
      for (const name of kept.slice(0, Math.max(0, kept.length - mostKept + 1)))
        await unlink(join(this.#folder, name))
      const name = `${String(identity.startedAt)}.${folderName(identity.instance)}.${String(sequence)}.json`
      await writeFile(join(this.#folder, name), JSON.stringify({ identity, sequence, facts: text }), {
        mode: 0o600,
      })
    } catch {
      return
    }
  }
}
