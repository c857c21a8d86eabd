import { existsSync, renameSync, rmSync } from 'node:fs'

/** Puts a finished folder in the place of another, so that whoever reads it meanwhile sees the old or the new one, never half of one. */
export function swapFolder(finished: string, place: string): void {
  const old = `${finished}-old`
  if (existsSync(place)) renameSync(place, old)
  renameSync(finished, place)
  rmSync(old, { recursive: true, force: true })
}
