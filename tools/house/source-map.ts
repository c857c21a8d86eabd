import type { Offence } from '../source/offence.ts'
import type { SourceFile } from '../source/source-file.ts'

const page = 'docs/source-map.md'
const reports = /^packages\/[a-z-]+\/api\.txt$/

/** Names of the page that are in no package's report of what it exports: `name`, or `Type.member`, in the second column of its tables. */
export function checkSourceMap(files: readonly SourceFile[]): Offence[] {
  const members = membersOf(files.filter(({ path }) => reports.test(path)).map(({ text }) => text))
  const lines = files.find(({ path }) => path === page)?.text.split('\n') ?? []
  return lines.flatMap((text, index) =>
    namesOf(text)
      .filter((name) => !isKnown(name, members))
      .map((name) => ({
        path: page,
        line: index + 1,
        rule: 'source map',
        message: `nothing is called '${name}'`,
      })),
  )
}

/** By exported name: its declaration. */
function membersOf(apiReports: readonly string[]): ReadonlyMap<string, string> {
  const declarations = apiReports.flatMap((text) => text.split(/\n(?=[a-z@#])/))
  return new Map(
    declarations.flatMap((declaration) => {
      const name = /^(?:declare |abstract )*(?:interface|class|type|const|function) (\w+)/.exec(
        declaration,
      )?.[1]
      return name === undefined ? [] : [[name, declaration] as const]
    }),
  )
}

function isKnown(name: string, declarations: ReadonlyMap<string, string>): boolean {
  const [owner = '', member] = name.split('.')
  const declaration = declarations.get(owner)
  if (declaration === undefined || member === undefined) return declaration !== undefined
  return new RegExp(`^\\s+(?:readonly |get |set )*${member}\\??[(<:]`, 'm').test(declaration)
}

function namesOf(line: string): readonly string[] {
  if (!line.startsWith('|')) return []
  return [...(line.split('|')[2] ?? '').matchAll(/`([A-Za-z]\w*(?:\.\w+)?)(?:\([^`]*)?`/g)].map(
    ([, name = '']) => name,
  )
}
