import { describe, expect, it } from 'vitest'
import { type HedgingPoint, load, runHedging } from './hedging-run.ts'
import { hedgings } from './scenarios.ts'

function simulate(name: string): Promise<HedgingPoint[]> {
  const client = hedgings[name]
  if (client === undefined) throw new Error(`nobody hedges as ${name}`)
  return runHedging(client)
}

function mean(points: readonly HedgingPoint[], field: Exclude<keyof HedgingPoint, 'second'>): number {
  return points.reduce((sum, point) => sum + point[field], 0) / points.length
}

describe(
  'a dependency that stalls three requests in a hundred, before it becomes slow',
  { timeout: 60_000 },
  () => {
    it('hedging takes more than two thirds off the tail for at most a tenth more requests', async () => {
      const without = (await simulate('no hedge')).slice(15, 30)
      const hedged = (await simulate('hedge, one shared budget')).slice(15, 30)

      expect(mean(without, 'p99Ms')).toBeGreaterThan(450)
      expect(mean(hedged, 'p99Ms')).toBeLessThan(mean(without, 'p99Ms') / 3)
      expect(mean(hedged, 'requests')).toBeLessThan(1.1 * load)
    })
  },
)

describe('the same dependency, three times slower for half a minute', { timeout: 60_000 }, () => {
  it('serves nearly all without hedges', async () => {
    expect(mean((await simulate('no hedge')).slice(30, 60), 'goodput')).toBeGreaterThan(0.95 * load)
  })

  it('with hedges and no budget gets every call twice, and serves nobody, also for a while after it', async () => {
    const points = await simulate('hedge, no budget')

    expect(mean(points.slice(35, 60), 'requests')).toBeGreaterThan(1.9 * load)
    expect(mean(points.slice(35, 60), 'goodput')).toBeLessThan(0.01 * load)
    expect(mean(points.slice(60, 66), 'goodput')).toBeLessThan(0.01 * load)
  })

  it('with a budget for each operation serves nobody either: ten minimums are three eighths of the load', async () => {
    const points = await simulate('hedge, a budget for each operation')

    expect(mean(points.slice(40, 60), 'requests')).toBeGreaterThan(1.5 * load)
    expect(mean(points.slice(40, 60), 'goodput')).toBeLessThan(0.01 * load)
  })

  it('with one shared budget serves nearly all, for at most a fifth of the load and the minimum', async () => {
    const points = await simulate('hedge, one shared budget')
    const extra = points.reduce((sum, { requests }) => sum + requests - load, 0)

    expect(mean(points.slice(35, 60), 'goodput')).toBeGreaterThan(0.95 * load)
    expect(extra).toBeLessThanOrEqual((0.2 * load + 3) * points.length)
  })

  it('is the same at every run', async () => {
    expect(await simulate('hedge, no budget')).toEqual(await simulate('hedge, no budget'))
  })
})
