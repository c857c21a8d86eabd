import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** The Chromium to test with: the one that is named, else the first on the search path; undefined without one. */
export function findChromium(named: string | undefined, searchPath: string): string | undefined {
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined
  const candidates = searchPath.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return candidates.find((path) => existsSync(path))
}
