import type { CodeFile } from '../source/source-file.ts'
import { declarationOf } from './declaration-of.ts'
import { type FindFile, publicNamesOf } from './public-names.ts'

/** One entry of a package with the file behind it. */
export interface LoadedEntry {
  readonly name: string
  readonly file: CodeFile
}

/** The public face of a package as text: each entry, its names in order of the alphabet, and what each is. */
export function reportApi(entries: readonly LoadedEntry[], findFile: FindFile): string {
  return entries.map((entry) => reportEntry(entry, findFile)).join('\n')
}

function reportEntry({ name, file }: LoadedEntry, findFile: FindFile): string {
  const names = publicNamesOf(file, findFile).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const declarations = names.map((found) => {
    const text = declarationOf(found.file, found.declaredAs)
    return found.declaredAs === found.name ? text : `${text} // as ${found.name}`
  })
  return `# ${name}\n\n${declarations.join('\n')}\n`
}
