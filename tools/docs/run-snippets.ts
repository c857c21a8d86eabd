import type { Offence } from '../source/offence.ts'
import type { SourceFile } from '../source/source-file.ts'
import { expectedOutputOf, firstMissingLine } from './expected-output.ts'
import { type ProgramResult, runProgram } from './run-program.ts'
import { type Snippet, snippetsOf } from './snippets-of.ts'

interface Placed extends Snippet {
  readonly path: string
}

/** What running the snippets came to. */
export interface SnippetRuns {
  readonly ran: number
  readonly offences: readonly Offence[]
}

/** Runs every snippet that can run, two at a time, and names those that fail or do not print what they say. */
export async function runSnippets(files: readonly SourceFile[]): Promise<SnippetRuns> {
  const snippets = files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) => snippetsOf(text).map((snippet): Placed => ({ ...snippet, path })))
    .filter(({ isRun }) => isRun)
  const waiting = snippets.values()
  const found = await Promise.all([runAll(waiting), runAll(waiting)])
  const offences = found.flat().sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line)
  return { ran: snippets.length, offences }
}

/** Several of these share the snippets that wait. */
async function runAll(waiting: Iterable<Placed>): Promise<Offence[]> {
  const offences: Offence[] = []
  for (const { path, line, code } of waiting) {
    const message = judge(await runProgram(code), code)
    if (message !== undefined) offences.push({ path, line, rule: 'snippet-run', message })
  }
  return offences
}

function judge({ exitCode, stdout, stderr }: ProgramResult, code: string): string | undefined {
  if (exitCode === null) return 'does not end'
  if (exitCode !== 0) return `fails: ${reasonOf(stderr)}`
  const missing = firstMissingLine(expectedOutputOf(code), stdout)
  return missing === undefined ? undefined : `does not print '${missing}' but '${stdout.trim()}'`
}

/** The line of a stack trace that says what was thrown. */
function reasonOf(stderr: string): string {
  return stderr.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? stderr.trim().slice(0, 300)
}
