import { posix } from 'node:path'
import ts from 'typescript'
import { type CodeFile, lineOf, walk } from './source-file.ts'

/** One import, re-export or dynamic import of a file. */
export interface Import {
  readonly specifier: string
  readonly line: number
  /** Whether it disappears when types are stripped. */
  readonly isTypeOnly: boolean
}

/** All imports of a file: static, re-exports, dynamic with a literal, and `import('…')` types. */
export function importsOf(file: CodeFile): Import[] {
  const found: Import[] = []
  walk(file.ast, (node) => {
    const specifier = specifierOf(node)
    if (specifier === undefined) return
    found.push({ specifier, line: lineOf(file.ast, node), isTypeOnly: isTypeOnly(node) })
  })
  return found
}

/** The path a relative specifier points to, from the repository's root; undefined for a bare specifier. */
export function resolveRelative(fromPath: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  return posix.normalize(posix.join(posix.dirname(fromPath), specifier))
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literalText(node.moduleSpecifier)
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? literalText(node.argument.literal) : undefined
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return literalText(node.arguments[0])
  return undefined
}

function literalText(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteral(node) ? node.text : undefined
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true
  if (ts.isExportDeclaration(node)) return node.isTypeOnly || hasOnlyTypes(node.exportClause)
  if (!ts.isImportDeclaration(node)) return false
  const clause = node.importClause
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  return clause.name === undefined && hasOnlyTypes(clause.namedBindings)
}

function hasOnlyTypes(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean {
  if (bindings === undefined || !(ts.isNamedImports(bindings) || ts.isNamedExports(bindings))) return false
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly)
}
