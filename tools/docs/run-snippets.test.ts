import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { runProgram } from './run-program.ts'
import { runSnippets } from './run-snippets.ts'

test('runSnippets() runs what imports the workspace, leaves out what is not to run, and names what fails', async () => {
  const good =
    "```ts\nimport { severities } from 'breakwater/protocol'\nconst first: string | undefined = severities[0]\nconsole.log(first) // prints: low\n```\n"
  const bad = "```ts\nthrow new TypeError('on purpose')\n```\n\n```ts\nconsole.log(2) // prints: 1\n```\n"
  const notRun = '```ts no-run\nprocess.exit(3)\n```\n'

  const runs = await runSnippets([
    sourceFile('docs/good.md', good),
    sourceFile('docs/bad.md', bad),
    sourceFile('docs/not-run.md', notRun),
  ])

  expect(runs).toEqual({
    ran: 3,
    offences: [
      { path: 'docs/bad.md', line: 2, rule: 'snippet-run', message: 'fails: TypeError: on purpose' },
      { path: 'docs/bad.md', line: 6, rule: 'snippet-run', message: "does not print '1' but '2'" },
    ],
  })
}, 60_000)

test('runProgram() stops a program that does not end', async () => {
  const { exitCode } = await runProgram('setInterval(() => undefined, 1_000)', 1_500)

  expect(exitCode).toBeNull()
}, 60_000)
