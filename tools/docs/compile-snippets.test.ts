import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { compileSnippets } from './compile-snippets.ts'

test('compileSnippets() places an error of a snippet on its line of the Markdown, and lets what compiles pass', () => {
  const good =
    "```ts\nimport { severities } from 'breakwater/protocol'\nexport const count: number = severities.length\n```\n"
  const bad = 'Words.\n\n```ts\nconst fine = 1\nconst wrong: string = fine\nconsole.log(wrong)\n```\n'

  const offences = compileSnippets([sourceFile('docs/good.md', good), sourceFile('docs/bad.md', bad)])

  expect(offences).toEqual([
    {
      path: 'docs/bad.md',
      line: 5,
      rule: 'snippet',
      message: "Type 'number' is not assignable to type 'string'.",
    },
  ])
}, 60_000)
