import { readdir, rename, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Lane } from './lane.ts'
import { SpoolFolder } from './spool-folder.ts'
import { folderName } from './spool-name.ts'
import { isAbandoned, type ProcessMark, readSpoolOwner, type SpoolOwner } from './spool-owner.ts'

/** Where to look, and who looks. */
export interface Adoption {
  /** The folder of the service. */
  readonly folder: string
  /** The instance that adopts. */
  readonly instance: string
  readonly self: ProcessMark
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** At most this many at once; the others wait for the next look. */
const mostAtOnce = 50

/**
 * Takes over the spools of dead instances of the same service. Taking is one rename, which only one process
 * wins; whoever loses, also later, finds no file to rename when it would send and so sends nothing twice.
 */
export async function adoptSpools(adoption: Adoption): Promise<readonly Lane[]> {
  const lanes: Lane[] = []
  for (const name of await listFolders(adoption.folder)) {
    if (lanes.length >= mostAtOnce) break
    const lane = await adopt(join(adoption.folder, name), adoption)
    if (lane !== undefined) lanes.push(lane)
  }
  return lanes
}

async function listFolders(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isDirectory() && entry.name !== 'quarantine')
      .map((entry) => entry.name)
  } catch {
    return []
  }
}

async function adopt(path: string, adoption: Adoption): Promise<Lane | undefined> {
  const owner = await readSpoolOwner(path)
  if (owner === undefined) return removeEmpty(path)
  if (!isAbandoned(owner, { ...adoption.self, now: adoption.now() })) return undefined
  const target = join(
    adoption.folder,
    `${folderName(owner.identity.instance)}@${folderName(adoption.instance)}`,
  )
  try {
    if (path !== target) await rename(path, target)
    const folder = new SpoolFolder(target, () => ownerText(owner, adoption), true)
    if (!(await folder.touch())) return undefined
    const lane = new Lane(owner.identity, folder)
    await lane.load()
    if (lane.entries.length > 0) return lane
    folder.removeSync()
  } catch {
    return undefined
  }
  return undefined
}

/** Made and left before anything was written. */
async function removeEmpty(path: string): Promise<undefined> {
  await rmdir(path).catch(() => undefined)
  return undefined
}

function ownerText(owner: SpoolOwner, { self, now }: Adoption): string {
  return JSON.stringify({ ...owner, ...self, heartbeatAt: now() })
}
