import ts from 'typescript'
import type { Offence } from '../source/offence.ts'
import {
  type CodeFile,
  isCode,
  isTestPath,
  isToolConfig,
  lineOf,
  type SourceFile,
} from '../source/source-file.ts'
import { summaryOf } from './summary-of.ts'

/** Exports without a documentation comment that starts with a sentence, `export *`, and default exports outside of tools' configurations. */
export function checkExports(files: readonly SourceFile[]): Offence[] {
  return files
    .filter(isCode)
    .filter(({ path }) => !isTestPath(path) && !isToolConfig(path))
    .flatMap((file) => file.ast.statements.flatMap((statement) => statementOffences(file, statement)))
}

function statementOffences(file: CodeFile, statement: ts.Statement): Offence[] {
  const line = lineOf(file.ast, statement)
  const offence = (rule: string, message: string): Offence[] => [{ path: file.path, line, rule, message }]
  if (ts.isExportDeclaration(statement) && statement.exportClause === undefined) {
    return offence('export-form', "'export *' hides what is public; name each export")
  }
  if (ts.isExportAssignment(statement) || hasModifier(statement, ts.SyntaxKind.DefaultKeyword)) {
    return offence('export-form', 'default exports have no name; export by name')
  }
  if (!hasModifier(statement, ts.SyntaxKind.ExportKeyword) || isLaterOverload(file, statement)) return []
  return [...exportOffences(file, statement), ...memberOffences(file, statement)]
}

function exportOffences(file: CodeFile, statement: ts.Statement): Offence[] {
  const fault = summaryFault(file, statement)
  if (fault === undefined) return []
  return [
    {
      path: file.path,
      line: lineOf(file.ast, statement),
      rule: 'documented',
      message: `export '${nameOf(statement)}' ${fault}`,
    },
  ]
}

/** The options are the library's face: each field says what it means. */
function memberOffences(file: CodeFile, statement: ts.Statement): Offence[] {
  if (!ts.isInterfaceDeclaration(statement) || !isOptions(statement.name.text)) return []
  if (!file.path.startsWith('packages/breakwater/src/')) return []
  return statement.members.flatMap((member) => {
    const fault = summaryFault(file, member)
    const name = `${statement.name.text}.${member.name?.getText(file.ast) ?? '?'}`
    return fault === undefined
      ? []
      : [
          {
            path: file.path,
            line: lineOf(file.ast, member),
            rule: 'documented',
            message: `option '${name}' ${fault}`,
          },
        ]
  })
}

/** `ResolvedRetryOptions` is what the factory makes of them, and repeats the fields. */
function isOptions(name: string): boolean {
  return name.endsWith('Options') && !name.startsWith('Resolved')
}

function summaryFault(file: CodeFile, node: ts.Node): string | undefined {
  const summary = summaryOf(file.text, node)
  if (summary === undefined) return 'has no documentation comment'
  return /^[\p{Lu}\d`'"‘“]/u.test(summary) && /[.:?!]/.test(summary)
    ? undefined
    : 'does not start its documentation with a sentence'
}

function hasModifier(statement: ts.Statement, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some((modifier) => modifier.kind === kind)
  )
}

/** Overloads after the first are covered by the first one's comment. */
function isLaterOverload(file: CodeFile, statement: ts.Statement): boolean {
  if (!ts.isFunctionDeclaration(statement)) return false
  const before = file.ast.statements[file.ast.statements.indexOf(statement) - 1]
  return (
    before !== undefined && ts.isFunctionDeclaration(before) && before.name?.text === statement.name?.text
  )
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations[0]?.name.getText() ?? '?'
  return 'name' in statement && statement.name !== undefined ? (statement.name as ts.Node).getText() : '?'
}
