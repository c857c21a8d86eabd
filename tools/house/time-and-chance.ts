import ts from 'typescript'
import { freeNamesOf } from '../source/free-names.ts'
import { importsOf } from '../source/imports-of.ts'
import type { Offence } from '../source/offence.ts'
import { type CodeFile, isCode, lineOf, type SourceFile } from '../source/source-file.ts'

const timeNames = new Set([
  ...[
    'Date.now',
    'new Date()',
    'Date()',
    'performance.now',
    'performance.timeOrigin',
    'process.hrtime',
    'vi.useFakeTimers',
  ],
  ...['setTimeout', 'setTimeout()', 'setInterval', 'setInterval()', 'setImmediate', 'setImmediate()'],
])
const chanceNames = new Set([
  'Math.random',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'randomUUID()',
  'randomBytes()',
])
const chanceImports = new Set(['randomUUID', 'randomBytes', 'randomInt'])
const timerModules = new Set(['node:timers', 'node:timers/promises', 'timers', 'timers/promises'])

/** Uses of the machine's time outside `clock/` and of its chance outside `random/`, tests included: a test waits for conditions, not for time. */
export function checkTimeAndChance(files: readonly SourceFile[]): Offence[] {
  return files.filter(isCode).flatMap((file) => [...timeOffences(file), ...chanceOffences(file)])
}

function timeOffences(file: CodeFile): Offence[] {
  if (isIn(file, 'clock')) return []
  const imported = importsOf(file).filter(({ specifier }) => timerModules.has(specifier))
  return [
    ...namedOffences(file, timeNames, 'clock'),
    ...imported.map(({ specifier, line }) =>
      offence({ path: file.path, line, name: specifier, folder: 'clock' }),
    ),
  ]
}

function chanceOffences(file: CodeFile): Offence[] {
  return isIn(file, 'random') ? [] : [...namedOffences(file, chanceNames, 'random'), ...importedChance(file)]
}

function importedChance(file: CodeFile): Offence[] {
  return file.ast.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || statement.moduleSpecifier.getText(file.ast) !== "'node:crypto'")
      return []
    const bindings = statement.importClause?.namedBindings
    const names = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : []
    return names
      .map((element) => (element.propertyName ?? element.name).text)
      .filter((name) => chanceImports.has(name))
      .map((name) => offence({ path: file.path, line: lineOf(file.ast, statement), name, folder: 'random' }))
  })
}

function namedOffences(file: CodeFile, names: ReadonlySet<string>, folder: string): Offence[] {
  const used = freeNamesOf(file).filter(({ name }) => names.has(name))
  return used.map(({ name, line }) => offence({ path: file.path, line, name, folder }))
}

function offence({
  path,
  line,
  name,
  folder,
}: {
  path: string
  line: number
  name: string
  folder: string
}): Offence {
  return {
    path,
    line,
    rule: 'time-and-chance',
    message: `'${name}' belongs in a ${folder}/ folder; take it as an option`,
  }
}

function isIn({ path }: SourceFile, folder: string): boolean {
  return path.split('/').includes(folder)
}
