import { describe, expect, it } from 'vitest'
import { capacity, overload, patienceMs, type QueuePoint, runQueue } from './queue-run.ts'
import { queues } from './scenarios.ts'

function simulate(name: string): Promise<QueuePoint[]> {
  const run = queues[name]
  if (run === undefined) throw new Error(`no queue is called ${name}`)
  return runQueue(run)
}

function mean(points: readonly QueuePoint[], field: Exclude<keyof QueuePoint, 'second'>): number {
  return points.reduce((sum, point) => sum + point[field], 0) / points.length
}

const standing = (points: readonly QueuePoint[]): QueuePoint[] => points.slice(20, overload.to)
const after = (points: readonly QueuePoint[]): QueuePoint[] => points.slice(overload.to, 50)

describe(
  'a bulkhead whose callers wait for a second, with 30 % more calls than it can do',
  { timeout: 60_000 },
  () => {
    it.each(['fifo', 'fifo, at most 500 ms', 'lifo', 'codel'])(
      'in order %s answers every call before that, within a quarter of the patience',
      async (name) => {
        const before = (await simulate(name)).slice(1, overload.from)

        expect(mean(before, 'goodput')).toBeGreaterThan(0.98 * (capacity / 2))
        expect(mean(before, 'p95Ms')).toBeLessThan(patienceMs / 4)
      },
    )

    it('first in, first out works at full speed for callers that have left, and goes on so when the overload is over', async () => {
      const points = await simulate('fifo')

      expect(mean(standing(points), 'goodput')).toBe(0)
      expect(mean(standing(points), 'late')).toBeGreaterThan(0.95 * capacity)
      expect(mean(points.slice(overload.to, 45), 'goodput')).toBe(0)
    })

    it('first in, first out with a limit to the wait keeps the goodput, and lets everybody wait for all of it', async () => {
      const points = await simulate('fifo, at most 500 ms')

      expect(mean(standing(points), 'goodput')).toBeGreaterThan(0.95 * capacity)
      expect(mean(standing(points), 'p95Ms')).toBeGreaterThan(500)
    })

    it('last in, first out keeps the goodput and answers soon, but in the end answers calls nobody waits for', async () => {
      const points = await simulate('lifo')

      expect(mean(standing(points), 'goodput')).toBeGreaterThan(0.95 * capacity)
      expect(mean(standing(points), 'p95Ms')).toBeLessThan(300)
      expect(mean(after(points), 'late')).toBeGreaterThan(0.4 * capacity)
      expect(Math.max(...points.map(({ slowestMs }) => slowestMs))).toBeGreaterThan(20_000)
    })

    it('controlled delay keeps the goodput, answers soon, and answers nobody who has left', async () => {
      const points = await simulate('codel')

      expect(mean(standing(points), 'goodput')).toBeGreaterThan(0.95 * capacity)
      expect(mean(standing(points), 'p95Ms')).toBeLessThan(200)
      expect(Math.max(...points.map(({ late }) => late))).toBe(0)
    })

    it('is the same at every run', async () => {
      expect(await simulate('codel')).toEqual(await simulate('codel'))
    })
  },
)
