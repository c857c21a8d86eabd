import ts from 'typescript'
import { resolveRelative } from '../source/imports-of.ts'
import type { CodeFile } from '../source/source-file.ts'

/** A name that can be imported from an entry, and where it is declared. */
export interface PublicName {
  readonly name: string
  readonly declaredAs: string
  readonly file: CodeFile
}

/** Finds a file of the package by its path; undefined when there is none. */
export type FindFile = (path: string) => CodeFile | undefined

/** The names an entry exports, each followed through re-exports to the file that declares it. */
export function publicNamesOf(entry: CodeFile, findFile: FindFile): PublicName[] {
  return entry.ast.statements.flatMap((statement) => namesOf(entry, statement, findFile))
}

function namesOf(file: CodeFile, statement: ts.Statement, findFile: FindFile): PublicName[] {
  if (!ts.isExportDeclaration(statement))
    return declaredNames(statement).map((name) => ({ name, declaredAs: name, file }))
  if (statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) return []
  return statement.exportClause.elements.flatMap((element) => {
    const name = element.name.text
    const declaredAs = element.propertyName?.text ?? name
    if (statement.moduleSpecifier === undefined) return [{ name, declaredAs, file }]
    return follow({ name, declaredAs, from: file, specifier: statement.moduleSpecifier }, findFile)
  })
}

interface ReExport {
  readonly name: string
  readonly declaredAs: string
  readonly from: CodeFile
  readonly specifier: ts.Expression
}

function follow({ name, declaredAs, from, specifier }: ReExport, findFile: FindFile): PublicName[] {
  const path = ts.isStringLiteral(specifier) ? resolveRelative(from.path, specifier.text) : undefined
  const target = path === undefined ? undefined : findFile(path)
  if (target === undefined) return []
  const further = publicNamesOf(target, findFile).find((found) => found.name === declaredAs)
  return [{ name, declaredAs: further?.declaredAs ?? declaredAs, file: further?.file ?? target }]
}

function declaredNames(statement: ts.Statement): string[] {
  if (!ts.canHaveModifiers(statement)) return []
  const modifiers = ts.getModifiers(statement) ?? []
  if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText())
  return 'name' in statement && statement.name !== undefined ? [(statement.name as ts.Identifier).text] : []
}
