import ts from 'typescript'
import type { CodeFile } from '../source/source-file.ts'

const printer = ts.createPrinter({ removeComments: true })

/** What a file declares under a name, as the compiler writes it into a declaration file, without comments; all overloads, one after the other. */
export function declarationOf(file: CodeFile, name: string): string {
  const { outputText } = ts.transpileDeclaration(file.text, {
    fileName: file.path,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      isolatedDeclarations: true,
      removeComments: true,
    },
  })
  const ast = ts.createSourceFile(file.path, outputText, ts.ScriptTarget.Latest, true)
  const declared = ast.statements.filter((statement) => declares(statement, name))
  return declared
    .map((statement) =>
      printer.printNode(ts.EmitHint.Unspecified, statement, ast).replace(/^export (declare )?/, ''),
    )
    .join('\n')
}

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.some((one) => one.name.getText() === name)
  return 'name' in statement && statement.name !== undefined && (statement.name as ts.Node).getText() === name
}
