import ts from 'typescript'
import { posix } from 'node:path'
import type { Offence } from '../source/offence.ts'
import { isCode, type SourceFile, walk } from '../source/source-file.ts'

/** Pages that call tests by their titles. */
const pages: readonly string[] = ['docs/requirements.md', 'docs/source-map.md']

/** Links of those pages to tests whose text does not begin a title in the file: a page that says what is shown must not outlive it. */
export function checkTestTitles(files: readonly SourceFile[]): Offence[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  return files
    .filter(({ path }) => pages.includes(path))
    .flatMap(({ path, text }) =>
      linksOf(text).flatMap(({ title, target, line }) => {
        const test = byPath.get(posix.normalize(posix.join(posix.dirname(path), target)))
        if (test !== undefined && titlesOf(test).some((known) => known.startsWith(title))) return []
        return [{ path, line, rule: 'test title', message: `'${target}' has no test '${title}'` }]
      }),
    )
}

interface TitledLink {
  readonly title: string
  readonly target: string
  readonly line: number
}

function linksOf(markdown: string): readonly TitledLink[] {
  return markdown.split('\n').flatMap((text, index) =>
    [...text.matchAll(/\[([^\]]+)\]\(([^)\s]+\.test\.ts)\)/g)].map(([, title = '', target = '']) => ({
      ...{ title: title.replaceAll('\\', ''), target, line: index + 1 },
    })),
  )
}

/** What is written where `it`, `test` and `describe` take their titles. */
function titlesOf(file: SourceFile): readonly string[] {
  if (!isCode(file)) return []
  const titles: string[] = []
  walk(file.ast, (node) => {
    if (!ts.isCallExpression(node) || !['it', 'test', 'describe'].includes(calledName(node))) return
    const [title] = node.arguments
    if (title !== undefined && ts.isStringLiteralLike(title)) titles.push(title.text)
  })
  return titles
}

/** Of `it('…')`, `it.each(rows)('…')` and the like: `it`. */
function calledName(node: ts.Expression): string {
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return calledName(node.expression)
  return ts.isIdentifier(node) ? node.text : ''
}
