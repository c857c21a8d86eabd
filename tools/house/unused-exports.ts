import ts from 'typescript'
import { importedNamesOf } from '../source/imported-names.ts'
import type { Offence } from '../source/offence.ts'
import {
  type CodeFile,
  isCode,
  isTestPath,
  isToolConfig,
  lineOf,
  type SourceFile,
  walk,
} from '../source/source-file.ts'

/** Exports that nobody uses: no other file imports them, their own does not use them, and no entry of a package offers them. */
export function checkUnusedExports(files: readonly SourceFile[]): Offence[] {
  const code = files.filter(isCode)
  const used = new Set(code.flatMap(importedNamesOf).map(({ from, name }) => `${from}#${name}`))
  const entries = entryPaths(files)
  const isUsed = (path: string, name: string): boolean => used.has(`${path}#${name}`) || used.has(`${path}#*`)
  return code
    .filter(({ path }) => !isTestPath(path) && !isToolConfig(path) && !entries.has(path))
    .flatMap((file) =>
      exportedNames(file)
        .filter(({ name }) => !isUsed(file.path, name) && !isUsedHere(file, name))
        .map(({ name, statement }) => ({
          ...{ path: file.path, line: lineOf(file.ast, statement), rule: 'unused' },
          message: `nobody uses '${name}'; delete it`,
        })),
    )
}

function entryPaths(files: readonly SourceFile[]): ReadonlySet<string> {
  const manifests = files.filter(({ path }) => path.endsWith('/package.json'))
  const paths = manifests.flatMap(({ path, text }) => {
    const sources = [...text.matchAll(/"(?:breakwater-source|default)":\s*"\.\/(src\/[^"]+)"/g)].map(
      (match) => match[1] ?? '',
    )
    return sources.map((source) => path.replace(/package\.json$/, source))
  })
  return new Set(paths)
}

interface Exported {
  readonly name: string
  readonly statement: ts.Statement
}

function exportedNames(file: CodeFile): Exported[] {
  return file.ast.statements.filter(isExported).flatMap((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map((declaration) => ({
        name: declaration.name.getText(file.ast),
        statement,
      }))
    }
    const named = 'name' in statement ? (statement.name as ts.Node | undefined) : undefined
    return named === undefined ? [] : [{ name: named.getText(file.ast), statement }]
  })
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
}

function isUsedHere(file: CodeFile, name: string): boolean {
  let uses = 0
  walk(file.ast, (node) => {
    if (ts.isIdentifier(node) && node.text === name) uses += 1
  })
  return uses > 1
}
