import type { Offence } from '../source/offence.ts'
import { type CodeFile, isCode, isTestPath, type SourceFile } from '../source/source-file.ts'
import { type FunctionSize, functionsOf } from './functions-of.ts'

/** The longest a thing may be; the same for every file. */
export const sizeLimits: {
  readonly fileLines: number
  readonly testFileLines: number
  readonly functionLines: number
  readonly parameters: number
  readonly readmeLines: number
} = { fileLines: 250, testFileLines: 400, functionLines: 40, parameters: 3, readmeLines: 120 }

/** Files, functions, parameter lists and READMEs longer than the house allows. Function bodies are measured outside of tests only. */
export function checkSizes(files: readonly SourceFile[]): Offence[] {
  return files.flatMap((file) => (isCode(file) ? codeOffences(file) : readmeOffences(file)))
}

/** How many lines a text has; a newline at the end starts no line. */
export function countLines(text: string): number {
  return text.replace(/\n$/, '').split('\n').length
}

function codeOffences(file: CodeFile): Offence[] {
  const isTest = isTestPath(file.path)
  const lines = countLines(file.text)
  const limit = isTest ? sizeLimits.testFileLines : sizeLimits.fileLines
  const offences: Offence[] = []
  if (lines > limit) {
    offences.push({
      path: file.path,
      line: limit,
      rule: 'file-size',
      message: `${lines} lines, at most ${limit}`,
    })
  }
  if (!isTest)
    offences.push(...functionsOf(file).flatMap((measured) => functionOffences(file.path, measured)))
  return offences
}

function functionOffences(path: string, { name, line, bodyLines, parameters }: FunctionSize): Offence[] {
  const offences: Offence[] = []
  if (bodyLines > sizeLimits.functionLines) {
    const message = `'${name}' has ${bodyLines} lines, at most ${sizeLimits.functionLines}`
    offences.push({ path, line, rule: 'function-size', message })
  }
  if (parameters > sizeLimits.parameters) {
    const message = `'${name}' has ${parameters} positional parameters, at most ${sizeLimits.parameters}`
    offences.push({ path, line, rule: 'parameters', message })
  }
  return offences
}

function readmeOffences({ path, text }: SourceFile): Offence[] {
  const lines = countLines(text)
  if (!/(^|\/)README\.md$/.test(path) || lines <= sizeLimits.readmeLines) return []
  return [
    {
      path,
      line: sizeLimits.readmeLines,
      rule: 'readme-size',
      message: `${lines} lines, at most ${sizeLimits.readmeLines}`,
    },
  ]
}
