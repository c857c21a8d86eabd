import type { Row } from './row.ts'
import type { Suite } from './suite.ts'
import { type Verdict, verdictsOn } from './targets.ts'

const headings = ['case', 'contestant', 'ns', 'ratio', 'bytes', 'target']

/** The rows of a suite as a table for people. */
export function tableOf({ name, about }: Pick<Suite, 'name' | 'about'>, rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    ...[row.case, row.contestant, grouped(row.ns), `${ratioText(row.ratio)}×`, grouped(row.bytes)],
    verdictsOn(row).map(verdictText).join(', '),
  ])
  const lines = [headings, ...cells]
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const text = lines.map((line) =>
    line
      .map((cell, column) => padded(cell, column, widths))
      .join('  ')
      .trimEnd(),
  )
  return [`\n${name}: ${about}`, ...separated(text, rows)].join('\n')
}

/** The suites by name, with what each compares. */
export function listOf(suites: readonly Pick<Suite, 'name' | 'about'>[]): string {
  const width = Math.max(...suites.map(({ name }) => name.length))
  return suites.map(({ name, about }) => `${name.padEnd(width)}  ${about}`).join('\n')
}

/** One line: how many targets are met, and which are not. */
export function conclusionOf(rows: readonly Row[]): string {
  const verdicts = rows.flatMap(verdictsOn)
  const missed = verdicts.filter(({ isMet }) => !isMet)
  const met = `\n${verdicts.length - missed.length} of ${verdicts.length} targets met`
  const names = missed.map(({ target, row }) => `${row.suite}, ${row.case} (${target.text})`)
  return names.length === 0 ? met : `${met}; missed: ${names.join('; ')}`
}

function verdictText({ target, isMet }: Verdict): string {
  return `${target.text} ${isMet ? 'met' : 'MISSED'}`
}

function ratioText(ratio: number): string {
  return ratio >= 100 ? grouped(ratio) : ratio.toFixed(ratio >= 10 ? 1 : 2)
}

function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 })
}

/** Names stand to the left, figures to the right. */
function padded(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0
  return column < 2 || column === headings.length - 1 ? cell.padEnd(width) : cell.padStart(width)
}

/** An empty line before each case. */
function separated(lines: readonly string[], rows: readonly Row[]): string[] {
  return lines.flatMap((line, index) => {
    const isNewCase = index > 1 && rows[index - 1]?.case !== rows[index - 2]?.case
    return isNewCase ? ['', line] : [line]
  })
}
