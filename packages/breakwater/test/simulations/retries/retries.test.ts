import { describe, expect, it } from 'vitest'
import { runStorm, type StormPoint, usualLoad } from './retry-storm.ts'
import { herds, storms } from './scenarios.ts'
import { herd, peakOf, runHerd } from './thundering-herd.ts'

function storm(name: string): Promise<StormPoint[]> {
  const run = storms[name]
  if (run === undefined) throw new Error(`no storm is called ${name}`)
  return runStorm(run)
}

async function peak(name: string): Promise<number> {
  const backoff = herds[name]
  if (backoff === undefined) throw new Error(`no herd is called ${name}`)
  return peakOf(await runHerd(backoff))
}

function mean(points: readonly StormPoint[], field: 'goodput' | 'requests'): number {
  return points.reduce((sum, point) => sum + point[field], 0) / points.length
}

describe('a burst of five seconds against a dependency that is asked for seven tenths of what it can', () => {
  it('without retries is over soon after', async () => {
    const points = await storm('storm, no retry')

    expect(mean(points.slice(0, 10), 'goodput')).toBeGreaterThan(0.95 * usualLoad)
    expect(mean(points.slice(40, 70), 'goodput')).toBeGreaterThan(0.99 * usualLoad)
  })

  it('with three retries and no budget never ends: the retries alone keep the dependency down', async () => {
    const points = await storm('storm, three retries without a budget')

    expect(mean(points.slice(0, 10), 'goodput')).toBeGreaterThan(0.95 * usualLoad)
    expect(mean(points.slice(40, 70), 'goodput')).toBeLessThan(0.05 * usualLoad)
    expect(mean(points.slice(40, 70), 'requests')).toBeGreaterThan(3 * usualLoad)
  })

  it.each(['ratio', 'token'])('with three retries and a %s budget is over soon after', async (kind) => {
    const points = await storm(`storm, three retries, ${kind} budget`)

    expect(mean(points.slice(40, 70), 'goodput')).toBeGreaterThan(0.99 * usualLoad)
    expect(mean(points.slice(40, 70), 'requests')).toBeLessThan(1.01 * usualLoad)
  })

  it('a ratio budget adds at most a fifth of the calls and the minimum to the load', async () => {
    const points = await storm('storm, three retries, ratio budget')
    const offered = points.reduce((sum, point) => sum + point.offered, 0)
    const requests = points.reduce((sum, point) => sum + point.requests, 0)

    expect(requests).toBeLessThanOrEqual(1.2 * offered + 3 * points.length)
  })
})

describe('a thousand clients that lose their answers at the same moment', () => {
  it('without jitter all come back in the same ten milliseconds', async () => {
    expect(await peak('herd, no jitter')).toBe(herd)
  })

  it.each(['full jitter', 'equal jitter', 'proportional jitter', 'decorrelated'])(
    'with %s at most two fifths of them do',
    async (kind) => {
      expect(await peak(`herd, ${kind}`)).toBeLessThanOrEqual(0.4 * herd)
    },
  )
})
