import ts from 'typescript'
import { type CodeFile, lineOf, walk } from '../source/source-file.ts'

/** The measure of one function: how long its body is and how many parameters a caller has to keep in order. */
export interface FunctionSize {
  readonly name: string
  readonly line: number
  /** Lines between the braces; 1 for an arrow with an expression on one line. */
  readonly bodyLines: number
  readonly parameters: number
}

/** Each function, method, accessor, constructor and arrow of the file that has a body, with its size. */
export function functionsOf(file: CodeFile): FunctionSize[] {
  const found: FunctionSize[] = []
  walk(file.ast, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return
    found.push({
      name: nameOf(node),
      line: lineOf(file.ast, node),
      bodyLines: bodyLinesOf(file.ast, node.body),
      parameters: node.parameters.filter((parameter) => parameter.name.getText(file.ast) !== 'this').length,
    })
  })
  return found
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  if (node.name !== undefined) return node.name.getText()
  const { parent } = node
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)
    ? parent.name.getText()
    : 'anonymous function'
}

function bodyLinesOf(ast: ts.SourceFile, body: ts.Node): number {
  const first = ast.getLineAndCharacterOfPosition(body.getStart(ast)).line
  const last = ast.getLineAndCharacterOfPosition(body.getEnd()).line
  return ts.isBlock(body) ? Math.max(last - first - 1, 0) : last - first + 1
}
