import { posix } from 'node:path'
import type { Offence } from '../source/offence.ts'
import { isCode, type SourceFile } from '../source/source-file.ts'

const forbiddenFolders = new Set([
  'utils',
  'util',
  'helpers',
  'types',
  'interfaces',
  'managers',
  'common',
  'misc',
  'lib',
])
const kebabFile = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/

/** Files that are not kebab-case, and folders named for a kind of code and not for a concept. */
export function checkNames(files: readonly SourceFile[]): Offence[] {
  return files.flatMap((file) => [...fileNameOffences(file), ...folderOffences(file)])
}

function fileNameOffences(file: SourceFile): Offence[] {
  const name = posix.basename(file.path)
  if (!isCode(file) || kebabFile.test(name)) return []
  return [{ path: file.path, line: 1, rule: 'file-name', message: `'${name}' is not kebab-case` }]
}

function folderOffences({ path }: SourceFile): Offence[] {
  const folder = posix
    .dirname(path)
    .split('/')
    .find((segment) => forbiddenFolders.has(segment))
  if (folder === undefined) return []
  return [
    { path, line: 1, rule: 'folder-name', message: `'${folder}/' names a kind of code; name the concept` },
  ]
}
