import { describe, expect, it } from 'vitest'
import { meanGoodput, type OverloadPoint, runOverload } from './overload-run.ts'
import { capacity, refusingCapacity, scenarios } from './scenarios.ts'

function simulate(name: string): Promise<OverloadPoint[]> {
  const run = scenarios[name]
  if (run === undefined) throw new Error(`no scenario is called ${name}`)
  return runOverload(run)
}

const mostWaiting = (points: readonly OverloadPoint[]): number =>
  Math.max(...points.map(({ serverQueue }) => serverQueue))

describe('three times the capacity, against a server that does not notice that clients have given up', () => {
  it('without a limiter goodput collapses to nothing and does not come back when the overload is over', async () => {
    const points = await simulate('overload, no limiter')

    expect(meanGoodput(points, 5, 10)).toBeGreaterThan(0.45 * capacity)
    expect(meanGoodput(points, 20, 50)).toBeLessThan(0.01 * capacity)
    expect(meanGoodput(points, 60, 70)).toBeLessThan(0.01 * capacity)
    expect(mostWaiting(points)).toBeGreaterThan(10_000)
  })

  it.each(['aimd', 'vegas', 'gradient2'])(
    'with %s goodput stays above nine tenths of the capacity',
    async (name) => {
      const points = await simulate(`overload, ${name}`)

      expect(meanGoodput(points, 10, 50)).toBeGreaterThan(0.9 * capacity)
      expect(meanGoodput(points, 60, 70)).toBeGreaterThan(0.45 * capacity)
      expect(mostWaiting(points)).toBeLessThan(capacity / 2)
    },
  )

  it('the queue that vegas leaves standing in the server is short: below its beta of 6', async () => {
    const points = await simulate('overload, vegas')
    const standing = points.slice(30, 50).map(({ serverQueue }) => serverQueue)

    expect(standing.reduce((sum, length) => sum + length, 0) / standing.length).toBeLessThan(6)
  })
})

describe('eight times the capacity, against a server for which a refusal is a fifth of the work', () => {
  it('without a throttle the server does nothing but refuse', async () => {
    const points = await simulate('refusals, no throttle')

    expect(meanGoodput(points, 20, 50)).toBeLessThan(0.05 * refusingCapacity)
  })

  it('with the adaptive throttle most of its work is requests, and shedding ends after the overload', async () => {
    const points = await simulate('refusals, adaptive throttle')

    expect(meanGoodput(points, 20, 50)).toBeGreaterThan(0.75 * refusingCapacity)
    expect(meanGoodput(points, 62, 70)).toBeGreaterThan(0.45 * refusingCapacity)
    expect(points.at(-1)?.gauge).toBe(0)
  })

  it('is the same at every run', async () => {
    expect(await simulate('overload, vegas')).toEqual(await simulate('overload, vegas'))
  })
})
