import { resolve } from 'node:path'
import ts from 'typescript'
import type { Offence } from '../source/offence.ts'
import type { SourceFile } from '../source/source-file.ts'
import { type Snippet, snippetsOf } from './snippets-of.ts'

interface Placed extends Snippet {
  readonly path: string
}

/** Compiles every snippet of the Markdown files as a module of its own, with the types of the workspace, and names each error by its place in the Markdown. */
export function compileSnippets(files: readonly SourceFile[]): Offence[] {
  const placed = new Map<string, Placed>()
  for (const { path, text } of files.filter((file) => file.path.endsWith('.md'))) {
    for (const snippet of snippetsOf(text))
      placed.set(resolve(`${path}.${snippet.line}.ts`), { ...snippet, path })
  }
  const program = ts.createProgram([...placed.keys()], options(), hostOf(placed))
  return [...placed].flatMap(([name, snippet]) => {
    const source = program.getSourceFile(name)
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    return found.map((diagnostic) => offenceOf(snippet, diagnostic))
  })
}

function options(): ts.CompilerOptions {
  const config: unknown = ts.readConfigFile('tsconfig.base.json', (path) => ts.sys.readFile(path)).config
  const { options: base } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd())
  const libraries = ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts']
  return {
    ...base,
    noEmit: true,
    isolatedDeclarations: false,
    declaration: false,
    declarationMap: false,
    types: ['node'],
    lib: libraries,
  }
}

function hostOf(placed: ReadonlyMap<string, Placed>): ts.CompilerHost {
  const host = ts.createCompilerHost({})
  const readFile = (name: string): string | undefined => {
    const snippet = placed.get(resolve(name))
    return snippet === undefined ? ts.sys.readFile(name) : `${snippet.code}\nexport {}\n`
  }
  return {
    ...host,
    readFile,
    fileExists: (name) => placed.has(resolve(name)) || ts.sys.fileExists(name),
    getSourceFile: (name, target) => {
      const text = readFile(name)
      return text === undefined ? undefined : ts.createSourceFile(name, text, target)
    },
  }
}

function offenceOf({ path, line }: Placed, { file, start, messageText }: ts.Diagnostic): Offence {
  const offset =
    file === undefined || start === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line
  return {
    path,
    line: line + offset,
    rule: 'snippet',
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
  }
}
