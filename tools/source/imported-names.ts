import ts from 'typescript'
import { resolveRelative } from './imports-of.ts'
import { type CodeFile, walk } from './source-file.ts'

/** A name that one file takes from another of the repository; `*` for all of them. */
export interface ImportedName {
  /** The path of the file that is imported. */
  readonly from: string
  readonly name: string
}

/** Every name the file imports or passes on from files beside it; packages are left out. */
export function importedNamesOf(file: CodeFile): ImportedName[] {
  const found: ImportedName[] = []
  walk(file.ast, (node) => {
    const taken = namesTaken(node)
    if (taken === undefined) return
    const from = resolveRelative(file.path, taken.specifier)
    if (from !== undefined) found.push(...taken.names.map((name) => ({ from, name })))
  })
  return found
}

interface Taken {
  readonly specifier: string
  readonly names: readonly string[]
}

function namesTaken(node: ts.Node): Taken | undefined {
  if (ts.isImportDeclaration(node))
    return taken(node.moduleSpecifier, namesOfBindings(node.importClause?.namedBindings))
  if (ts.isExportDeclaration(node)) return taken(node.moduleSpecifier, namesOfBindings(node.exportClause))
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return taken(node.argument.literal, ['*'])
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return taken(node.arguments[0], ['*'])
  return undefined
}

function taken(specifier: ts.Node | undefined, names: readonly string[]): Taken | undefined {
  return specifier !== undefined && ts.isStringLiteral(specifier)
    ? { specifier: specifier.text, names }
    : undefined
}

function namesOfBindings(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): string[] {
  if (bindings === undefined || ts.isNamespaceImport(bindings) || ts.isNamespaceExport(bindings)) return ['*']
  return bindings.elements.map((element) => (element.propertyName ?? element.name).text)
}
