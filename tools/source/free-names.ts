import ts from 'typescript'
import { type CodeFile, lineOf, walk } from './source-file.ts'

/** A use of a name that the file does not declare itself, such as `console`, `Math.random` or `new Date()`. */
export interface FreeName {
  /** `console.log` for a member, `fetch` for a bare name, `new Date()` for construction without arguments. */
  readonly name: string
  readonly line: number
}

const globalObjects = new Set(['globalThis', 'window', 'self', 'global'])

/** Every use of an undeclared global in the file, with its member when one is read. */
export function freeNamesOf(file: CodeFile): FreeName[] {
  const declared = declaredNames(file)
  const found: FreeName[] = []
  walk(file.ast, (node) => {
    if (!ts.isIdentifier(node) || declared.has(node.text) || !isReference(node)) return
    found.push({ name: describe(node), line: lineOf(file.ast, node) })
  })
  return found
}

function declaredNames(file: CodeFile): Set<string> {
  const names = new Set<string>()
  walk(file.ast, (node) => {
    if (isDeclaration(node) && node.name !== undefined && ts.isIdentifier(node.name))
      names.add(node.name.text)
  })
  return names
}

type Declaration =
  | ts.VariableDeclaration
  | ts.ParameterDeclaration
  | ts.FunctionDeclaration
  | ts.ImportSpecifier
  | ts.BindingElement

function isDeclaration(node: ts.Node): node is Declaration {
  return (
    (ts.isVariableDeclaration(node) && !isAmbient(node)) ||
    (ts.isParameter(node) && node.parent.kind !== ts.SyntaxKind.FunctionType) ||
    ts.isFunctionDeclaration(node) ||
    ts.isImportSpecifier(node) ||
    ts.isBindingElement(node)
  )
}

function isAmbient(node: ts.VariableDeclaration): boolean {
  const statement = node.parent.parent
  return (
    ts.isVariableStatement(statement) &&
    (statement.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)
  )
}

function isReference(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isQualifiedName(parent) || ts.isTypeNode(parent) || ts.isTypeQueryNode(parent)) return false
  return ts.isExpression(node) && !isNameOf(parent, node)
}

function isNameOf(parent: ts.Node, node: ts.Identifier): boolean {
  return 'name' in parent && parent.name === node
}

function describe(node: ts.Identifier): string {
  let current: ts.Node = node
  while (globalObjects.has(textOf(current)) && ts.isPropertyAccessExpression(current.parent))
    current = current.parent
  const name = current === node ? node.text : lastNameOf(current)
  const { parent } = current
  if (ts.isPropertyAccessExpression(parent) && parent.expression === current)
    return `${name}.${parent.name.text}`
  if (ts.isNewExpression(parent) && (parent.arguments ?? []).length === 0) return `new ${name}()`
  if (ts.isCallExpression(parent) && parent.expression === current) return `${name}()`
  return name
}

function textOf(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text
  return ''
}

function lastNameOf(node: ts.Node): string {
  return ts.isPropertyAccessExpression(node) ? node.name.text : ''
}
