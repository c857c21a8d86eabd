import { describe, expect, it } from 'vitest'
import { overviewView, totals } from '../../../../test/fixtures/overview.ts'
import { buildFigures } from './figures.ts'

describe('buildFigures()', () => {
  it('has no share and no latency where there was no call', () => {
    const figures = buildFigures(overviewView())

    expect(figures.map(({ value, unit }) => `${value} ${unit}`.trim())).toEqual(['0', '0', '0', '–'])
  })

  it('says what share of the failures users were spared', () => {
    const view = overviewView({
      totals: totals({ calls: 900, failures: 20, rejections: 10, sparedByRetry: 90 }),
    })

    expect(buildFigures(view)[2]).toEqual({
      label: 'Users were spared',
      value: '90',
      unit: '75 % of what failed',
      note: '90 by retry',
    })
  })

  it('gives calls per second over the time that reports cover', () => {
    const calls = [...Array.from({ length: 890 }, () => null), ...Array.from({ length: 10 }, () => 20)]
    const view = overviewView({ totals: totals({ calls: 200 }) })

    expect(buildFigures({ ...view, series: { ...view.series, calls } })[0]?.note).toBe('20 per second')
  })
})
