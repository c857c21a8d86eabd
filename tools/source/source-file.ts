import ts from 'typescript'

/** A file of the repository as the checks see it: its path from the root with `/`, its text, and its syntax when it is code. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly ast: ts.SourceFile | undefined
}

/** A source file that is TypeScript, so that its syntax is there. */
export interface CodeFile extends SourceFile {
  readonly ast: ts.SourceFile
}

const codePattern = /\.(ts|tsx|mts|js|mjs)$/

/** Makes a source file from its path and text, and parses it if it is code. */
export function sourceFile(path: string, text: string): SourceFile {
  if (!codePattern.test(path)) return { path, text, ast: undefined }
  return { path, text, ast: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
}

/** Whether the file is code. */
export function isCode(file: SourceFile): file is CodeFile {
  return file.ast !== undefined
}

/** Whether the path is a test or belongs to a `test/` folder, where only the rules for tests hold. */
export function isTestPath(path: string): boolean {
  return /\.(test|e2e)\.[a-z]+$/.test(path) || /(^|\/)test\//.test(path)
}

/** Whether the path is the configuration of a tool, whose form the tool decides. */
export function isToolConfig(path: string): boolean {
  return /(^|\/)[a-z0-9-]+(\.[a-z0-9-]+)*\.config\.(ts|js|mjs)$/.test(path)
}

/** The line of a node, counted from 1, without the comments before it. */
export function lineOf(ast: ts.SourceFile, node: ts.Node): number {
  return ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1
}

/** Visits the node and all below it, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => {
    walk(child, visit)
  })
}
