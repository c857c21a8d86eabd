import ts from 'typescript'
import type { Offence } from '../source/offence.ts'
import { type CodeFile, isCode, isTestPath, lineOf, type SourceFile, walk } from '../source/source-file.ts'

/** Assertions inside a loop of a test: when one fails, nothing says for which turn, and when there is no turn, nothing fails. */
export function checkAssertingLoops(files: readonly SourceFile[]): Offence[] {
  return files
    .filter(isCode)
    .filter(({ path }) => isTestPath(path))
    .flatMap(loopOffences)
}

function loopOffences(file: CodeFile): Offence[] {
  const offences: Offence[] = []
  walk(file.ast, (node) => {
    if (!isAssertion(node) || !isInLoop(node)) return
    const message = 'asserts in a loop; compare the whole list, or use test.each'
    offences.push({ path: file.path, line: lineOf(file.ast, node), rule: 'asserting-loop', message })
  })
  return offences
}

function isAssertion(node: ts.Node): boolean {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'expect'
}

/** A loop counts from the assertion up to the test it is in; a loop around whole tests gives each a title of its own. */
function isInLoop(node: ts.Node): boolean {
  for (let current: ts.Node | undefined = node.parent; current !== undefined; current = current.parent) {
    if (ts.isCallExpression(current) && isTestCall(current)) return false
    if (ts.isIterationStatement(current, false)) return true
    if (
      ts.isCallExpression(current) &&
      ts.isPropertyAccessExpression(current.expression) &&
      current.expression.name.text === 'forEach'
    )
      return true
  }
  return false
}

function isTestCall({ expression }: ts.CallExpression): boolean {
  return ts.isIdentifier(expression) && ['test', 'it'].includes(expression.text)
}
