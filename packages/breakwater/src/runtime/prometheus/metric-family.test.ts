import { describe, expect, it } from 'vitest'
import { labelText, type MetricFamily, type Point, writeFamily } from './metric-family.ts'

function family(type: MetricFamily['type'], series: Record<string, readonly Point[]>): MetricFamily {
  return { name: 'work', type, help: 'Work', series: new Map(Object.entries(series)) }
}

describe('labelText()', () => {
  it('escapes backslash, quote and newline, in this order, and nothing else', () => {
    const text = labelText({ a: '\\', b: '"', c: '\n', d: '\\n', e: 'é 日本 😀 {},= \r\t' })

    expect(text).toBe(String.raw`a="\\",b="\"",c="\n",d="\\n",` + 'e="é 日本 😀 {},= \r\t"')
  })

  it('makes half of a surrogate pair text', () => {
    expect(labelText({ a: 'x\ud800y' })).toBe('a="x\ufffdy"')
  })
})

describe('writeFamily()', () => {
  it('sorts the series by their labels, whatever order they came in', () => {
    const text = writeFamily(
      family('gauge', { 'a="2"': [{ value: 2 }], 'a="1"': [{ value: 1 }] }),
      'prometheus',
    )

    expect(text).toBe('# HELP work Work\n# TYPE work gauge\nwork{a="1"} 1\nwork{a="2"} 2\n')
  })

  it('gives a counter its suffix, in the format of Prometheus also where it says what it is', () => {
    const counter = family('counter', { '': [{ value: 1 }] })

    expect(writeFamily(counter, 'prometheus')).toBe(
      '# HELP work_total Work\n# TYPE work_total counter\nwork_total 1\n',
    )
    expect(writeFamily(counter, 'openmetrics')).toBe('# HELP work Work\n# TYPE work counter\nwork_total 1\n')
  })

  it('names the unit in OpenMetrics alone', () => {
    const seconds = { ...family('gauge', { '': [{ value: 1 }] }), name: 'work_seconds' }

    expect(writeFamily(seconds, 'openmetrics')).toContain('\n# UNIT work_seconds seconds\n')
    expect(writeFamily(seconds, 'prometheus')).not.toContain('UNIT')
  })

  it('escapes the help, the quotes in OpenMetrics alone', () => {
    const odd = { ...family('gauge', { '': [{ value: 1 }] }), help: 'a\\b\n"c"' }

    expect(writeFamily(odd, 'prometheus')).toContain(String.raw`# HELP work a\\b\n"c"` + '\n')
    expect(writeFamily(odd, 'openmetrics')).toContain(String.raw`# HELP work a\\b\n\"c\"` + '\n')
  })

  it('writes suffixes and bounds in the order given, with labels and without', () => {
    const points = [
      { suffix: '_bucket', le: '1.0', value: 2 },
      { suffix: '_sum', value: 0.5 },
    ]
    const text = writeFamily(family('histogram', { '': points, 'a="1"': points }), 'prometheus')

    expect(text.split('\n').slice(2)).toEqual([
      'work_bucket{le="1.0"} 2',
      'work_sum 0.5',
      'work_bucket{a="1",le="1.0"} 2',
      'work_sum{a="1"} 0.5',
      '',
    ])
  })

  it('writes numbers that are none as both formats do', () => {
    const values = [Number.NaN, Infinity, -Infinity, 1e21, 0.1 + 0.2].map((value) => ({ value }))
    const text = writeFamily(family('gauge', { '': values }), 'prometheus')

    expect(text.split('\n').slice(2, -1)).toEqual([
      'work NaN',
      'work +Inf',
      'work -Inf',
      'work 1e+21',
      'work 0.30000000000000004',
    ])
  })

  it('writes nothing of a metric without series', () => {
    expect(writeFamily(family('gauge', {}), 'openmetrics')).toBe('')
  })
})
