import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { type CodeFile, isCode, sourceFile } from '../source/source-file.ts'
import { entriesOf } from './entries.ts'
import { reportApi } from './report.ts'

/** The public face of the package in a folder, from its sources. Throws when an entry's source is not there. */
export function reportPackage(folder: string): string {
  const entries = entriesOf(readFileSync(posix.join(folder, 'package.json'), 'utf8')).map(
    ({ name, source }) => {
      const path = posix.join(folder, source)
      const file = readCode(path)
      if (file === undefined) throw new Error(`Cannot report entry '${name}' as '${path}' does not exist`)
      return { name, file }
    },
  )
  return reportApi(entries, readCode)
}

function readCode(path: string): CodeFile | undefined {
  if (!existsSync(path)) return undefined
  const file = sourceFile(path, readFileSync(path, 'utf8'))
  return isCode(file) ? file : undefined
}
