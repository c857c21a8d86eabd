import { type SizeBudget, sizeBudgets } from './budgets.ts'
import type { SizeContestant } from './size-contestants.ts'

/** A contestant and what was measured. */
export interface MeasuredSize extends SizeContestant {
  readonly version: string
  readonly minifiedBytes: number
  readonly gzipBytes: number
}

/** By how much a figure on the page may be off before it is wrong: small changes of ours need no new page. */
const tolerance = 0.05

const [begin, end] = ['<!-- sizes: written by npm run size -- --write -->', '<!-- end of sizes -->'] as const

/** What the page says of sizes, as Markdown. */
export function sizeTable(sizes: readonly MeasuredSize[]): string {
  const head = ['', 'library', 'imported', 'KB gzip', 'KB minified', 'what a page gets for it']
  const rows = sizes.map((size, index) => [
    size.part === sizes[index - 1]?.part ? '' : `**${size.part}**`,
    `${size.library} ${size.version}`,
    size.what,
    kilobytes(size.gzipBytes),
    kilobytes(size.minifiedBytes),
    size.holds,
  ])
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const table = [line(head), '|---|---|---|---:|---:|---|', ...rows.map(line)].join('\n')
  return [debts(sizes), table].join('\n\n')
}

/** What we are after and do not reach, said plainly. */
function debts(sizes: readonly MeasuredSize[]): string {
  const ours = sizes.filter(({ library }) => library === 'breakwater')
  const missed = sizeBudgets.flatMap((budget) => {
    const size = ours.find(({ what, part }) => isOf(budget, what, part))
    if (size === undefined || size.gzipBytes <= budget.targetGzipBytes) return []
    return [`${budget.title}: ${kilobytes(size.gzipBytes)} KB, target ${kilobytes(budget.targetGzipBytes)}`]
  })
  return missed.length === 0
    ? 'Ours are within our targets.'
    : `Ours are above our own targets: ${missed.join('; ')}. Each of ours alone carries the engine that all policies share; together it is paid for once.`
}

function isOf({ names = [] }: SizeBudget, what: string, part: string): boolean {
  return names.length === 1 ? what === `\`${names[0]}\`` : part === 'all'
}

/**
 * The page with the table in its place.
 *
 * @throws {Error} when it has no place for it
 */
export function withSizes(page: string, table: string): string {
  const [from, to] = placeIn(page)
  return `${page.slice(0, from)}\n\n${table}\n\n${page.slice(to)}`
}

/** What of the page is not so any more, in words: a figure that is more than a twentieth off, or a row that is not there. */
export function staleSizes(page: string, sizes: readonly MeasuredSize[]): string[] {
  const [from, to] = placeIn(page)
  const rows = page
    .slice(from, to)
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()))
  return sizes.flatMap((size) => {
    const name = `${size.library} ${size.version}`
    const row = rows.find((cells) => cells[2] === name && cells[3] === size.what)
    const told = Number(row?.[4])
    const now = size.gzipBytes / 1_000
    if (Math.abs(told - now) <= Math.max(tolerance * now, 0.05)) return []
    return [
      `${name}, ${size.what}: ${row === undefined ? 'not there' : told}, now ${kilobytes(size.gzipBytes)} KB`,
    ]
  })
}

function placeIn(page: string): readonly [number, number] {
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from)
    throw new Error(`Cannot place the sizes as the page has no '${begin}' and '${end}'`)
  return [from + begin.length, to]
}

function kilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(1)
}
