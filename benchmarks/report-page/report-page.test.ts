import { expect, test } from 'vitest'
import { barChartSvg } from './bar-chart.ts'
import { benchmarkPage } from './benchmark-page.ts'
import { readResult } from './read-result.ts'
import { suiteChart } from './suite-chart.ts'
import { targetLines } from './target-lines.ts'

const machine = {
  cpu: 'A <fast> one',
  cores: 2,
  node: 'v24.1.0',
  date: '2026-01-02',
  commit: 'abc1234+',
  load: 1.4,
}
const rows = [
  { suite: 'retry', contestant: 'bare', case: 'success', ns: 40, ratio: 1, bytes: 100 },
  { suite: 'retry', contestant: 'breakwater', case: 'success', ns: 120, ratio: 3, bytes: 300 },
  { suite: 'retry', contestant: 'cockatiel', case: 'success', ns: 4_000, ratio: 100, bytes: 2_000 },
  { suite: 'stack', contestant: 'breakwater', case: 'success', ns: 220, ratio: 5.5, bytes: 1_000 },
  { suite: 'window', contestant: 'breakwater', case: '0 samples', ns: 100, ratio: 2, bytes: 0 },
  { suite: 'window', contestant: 'breakwater', case: '100,000 samples', ns: 160, ratio: 3, bytes: 0 },
]
const suites = [
  { name: 'retry', about: 'one policy.' },
  { name: 'stack', about: 'five policies.' },
  { name: 'idle', about: 'at rest.' },
]

test('benchmarkPage() says where the figures come from, and what disturbs them', () => {
  const page = benchmarkPage({ machine, rows }, suites)

  expect(page).toContain('| machine | A <fast> one, 2 cores |\n| Node | v24.1.0 |')
  expect(page).toContain('| commit | abc1234+ (with files that differ from it) |')
  expect(page).toContain('| load before | 1.4: others used the machine too, figures are disturbed |')
  expect(page).toContain('Not run: idle.')
})

test('benchmarkPage() has a section with a chart for each suite that was run, and judges our rows', () => {
  const page = benchmarkPage({ machine, rows }, suites)

  expect(page).toContain(
    '## retry\n\nOne policy.\n\n![retry: bars of the table below](images/benchmark-retry.svg)',
  )
  expect(page).toContain('| success | breakwater | 120 | 3.00× | 300 | ✔ ≤ 3.5× |')
  expect(page).toContain('| success | cockatiel | 4,000 | 100× | 2,000 |  |')
  expect(page).not.toContain('## idle')
})

test('targetLines() gives what was reached for each target, and how recording grows with the window', () => {
  expect(targetLines(rows)).toEqual([
    { what: 'retry, success', target: '≤ 3.5×', reached: '3.00×', isMet: true },
    { what: 'stack, success', target: '≤ 5×', reached: '5.50×', isMet: false },
    { what: 'stack, success', target: '≤ 1 KB', reached: '1,000 B', isMet: true },
    {
      what: 'window, 100,000 samples against 0 samples',
      target: 'the same (≤ 1.5×, for noise)',
      reached: '1.60×',
      isMet: false,
    },
  ])
})

test('barChartSvg() draws logarithmic lengths and escapes what it is given', () => {
  const bar = (value: number) => ({ label: `a<${value}`, value, text: `${value}×`, isOurs: value === 10 })

  const svg = barChartSvg({ title: 'T & U', groups: [{ title: 'case', bars: [bar(1), bar(10), bar(100)] }] })

  expect(
    [...svg.matchAll(/class="(bar|ours)".* width="([\d.]+)"/g)].map((match) => [match[1], match[2]]),
  ).toEqual([
    ['bar', '2.0'],
    ['ours', '240.0'],
    ['bar', '480.0'],
  ])
  expect(svg).toContain('<title>T &amp; U</title>')
  expect(svg).toContain('>a&lt;10</text>')
})

test('suiteChart() shows bytes for what is idle and leaves its CPU out', () => {
  const idle = (name: string) => ({
    ...{ suite: 'idle', contestant: 'bare', case: name },
    ...{ ns: 5, ratio: 7, bytes: 64 },
  })

  const svg = suiteChart('idle', [idle('never called'), idle('at rest')])

  expect(svg).toContain('>64 B</text>')
  expect(svg).not.toContain('at rest')
})

test('readResult() reads back what the benchmark writes, and refuses what is none', () => {
  expect(readResult(JSON.stringify({ machine, rows }))).toEqual({ machine, rows })
  expect(() => readResult(JSON.stringify({ machine, rows: [] }))).toThrow(TypeError)
  expect(() => readResult(JSON.stringify({ machine, rows: [{ ...rows[0], ns: '4' }] }))).toThrow(TypeError)
  expect(() => readResult('3')).toThrow('Cannot read the result as it is not what --json writes')
})
