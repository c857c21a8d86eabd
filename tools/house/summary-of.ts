import ts from 'typescript'

/** The first paragraph of the documentation comment before a node, on one line; undefined without one, or when it starts with a tag. */
export function summaryOf(text: string, node: ts.Node): string | undefined {
  const comments = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []
  const last = comments.findLast(({ pos }) => text.startsWith('/**', pos))
  if (last === undefined) return undefined
  const lines = text
    .slice(last.pos + 3, last.end - 2)
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s?/, '').trim())
  const start = lines.findIndex((line) => line !== '')
  const paragraph = lines.slice(Math.max(start, 0))
  const end = paragraph.findIndex((line) => line === '' || line.startsWith('@'))
  const summary = (end === -1 ? paragraph : paragraph.slice(0, end)).join(' ').trim()
  return summary === '' ? undefined : summary
}
