import { describe, expect, it } from 'vitest'
import {
  capacity,
  instances,
  load,
  type MetastablePoint,
  runMetastable,
  secondsToRecover,
  slow,
} from './metastable-run.ts'
import { clients } from './scenarios.ts'

function simulate(name: string): Promise<MetastablePoint[]> {
  const policies = clients[name]
  if (policies === undefined) throw new Error(`no clients are called ${name}`)
  return runMetastable(policies)
}

function mean(points: readonly MetastablePoint[], field: 'goodput' | 'requests'): number {
  return points.reduce((sum, point) => sum + point[field], 0) / points.length
}

describe(
  'a dependency at 85 % of its capacity that is four times slower for ten seconds',
  { timeout: 60_000 },
  () => {
    it('serves every call before, whatever its clients do', async () => {
      const before = await Promise.all(
        Object.keys(clients).map(async (name) => mean((await simulate(name)).slice(1, slow.from), 'goodput')),
      )

      expect(Math.min(...before)).toBeGreaterThan(0.99 * load)
    })

    it('recovers without retries, but only when the queue of calls given up is worked off', async () => {
      const seconds = secondsToRecover(await simulate('no retry'))

      expect(seconds).toBeGreaterThan(20)
      expect(seconds).toBeLessThan(40)
    })

    it('with three retries and nothing else stays down for good: the retries are the load', async () => {
      const points = await simulate('naive retries')

      expect(secondsToRecover(points)).toBeNull()
      expect(mean(points.slice(60), 'goodput')).toBe(0)
      expect(mean(points.slice(60), 'requests')).toBeGreaterThan(3 * capacity)
    })

    it('with a retry budget of a fifth and no breaker stays down: near its capacity also a fifth is too much', async () => {
      const points = await simulate('budget, no breaker')

      expect(secondsToRecover(points)).toBeNull()
      expect(mean(points.slice(60), 'requests')).toBeGreaterThan(capacity)
      expect(mean(points.slice(60), 'requests')).toBeLessThanOrEqual(1.2 * load + 3 * instances)
    })

    it('with our defaults is back within ten seconds, and asked for no more than the load', async () => {
      const points = await simulate('our defaults')

      expect(secondsToRecover(points)).toBeLessThanOrEqual(10)
      expect(mean(points.slice(60), 'goodput')).toBeGreaterThan(0.99 * load)
      expect(mean(points.slice(60), 'requests')).toBeLessThan(1.01 * load)
    })

    it('is the same at every run', async () => {
      expect(await simulate('our defaults')).toEqual(await simulate('our defaults'))
    })
  },
)
