import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type SourceFile, sourceFile } from './source-file.ts'

const binaryPattern = /\.(png|jpg|jpeg|gif|ico|woff2?|db|gz|zip)$/

/** Reads the files that git tracks or would track, in the order of their paths; generated ones are ignored by git and so left out. */
export function readRepository(root: string): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  const paths = [...new Set(listed.split('\0'))]
    .filter((path) => path !== '' && !binaryPattern.test(path))
    .sort()
  return paths
    .filter((path) => existsSync(join(root, path)))
    .map((path) => sourceFile(path, readFileSync(join(root, path), 'utf8')))
}
