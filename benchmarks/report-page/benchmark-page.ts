import type { Machine } from '../harness/machine.ts'
import type { Row } from '../harness/row.ts'
import type { Suite } from '../harness/suite.ts'
import { verdictsOn } from '../harness/targets.ts'
import { grouped, ratioText } from './figures.ts'
import type { Result } from './read-result.ts'
import { type TargetLine, targetLines } from './target-lines.ts'

/** The page of results, as Markdown. Suites that were not run are left out and named. */
export function benchmarkPage(
  { machine, rows }: Result,
  suites: readonly Pick<Suite, 'name' | 'about'>[],
): string {
  const wasRun = ({ name }: Pick<Suite, 'name'>): boolean => rows.some(({ suite }) => suite === name)
  const missing = suites.filter((suite) => !wasRun(suite)).map(({ name }) => name)
  const sections = suites.filter(wasRun).map((suite) => sectionOf(suite, rows))
  return (
    [
      '# Benchmarks',
      'Generated from one run; how it is measured and how to read it: [benchmarks](../benchmarks/README.md).',
      machineTable(machine),
      ...(missing.length === 0 ? [] : [`Not run: ${missing.join(', ')}.`]),
      '## Targets',
      targetTable(targetLines(rows)),
      ...sections,
    ].join('\n\n') + '\n'
  )
}

/** Where the chart of a suite lies, from the page. */
export function chartPath(suite: string): string {
  return `images/benchmark-${suite}.svg`
}

function machineTable({ cpu, cores, node, commit, date, load }: Machine): string {
  const disturbed = load > 1 ? ': others used the machine too, figures are disturbed' : ''
  return table(
    ['what', 'value'],
    [
      ['machine', `${cpu}, ${cores} cores`],
      ['Node', node],
      ['commit', commit.endsWith('+') ? `${commit} (with files that differ from it)` : commit],
      ['date', date],
      ['load before', `${load}${disturbed}`],
      ['command', '`npm run bench -- --json result.json`'],
    ],
  )
}

function targetTable(lines: readonly TargetLine[]): string {
  const met = lines.filter(({ isMet }) => isMet).length
  const rows = lines.map(({ what, target, reached, isMet }) => [
    what,
    target,
    reached,
    isMet ? '✔ met' : '✘ **missed**',
  ])
  return [`${met} of ${lines.length} met.`, table(['what', 'target', 'reached', ''], rows)].join('\n\n')
}

function sectionOf({ name, about }: Pick<Suite, 'name' | 'about'>, rows: readonly Row[]): string {
  const own = rows.filter(({ suite }) => suite === name)
  const lines = own.map((row) => [
    ...[row.case, row.contestant, grouped(row.ns), ratioText(row.ratio), grouped(row.bytes)],
    verdictsOn(row)
      .map(({ target, isMet }) => `${isMet ? '✔' : '✘'} ${target.text}`)
      .join(', '),
  ])
  return [
    `## ${name}`,
    `${about.charAt(0).toUpperCase()}${about.slice(1)}`,
    `![${name}: bars of the table below](${chartPath(name)})`,
    table(['case', 'contestant', 'ns', 'ratio', 'bytes', 'target'], lines),
  ].join('\n\n')
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ').replaceAll('\n', ' ')} |`
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n')
}
