import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resolveRange } from './range.ts'

const now = Date.UTC(2026, 5, 1, 12, 0, 3)
const minutes = (count: number): { from: number; to: number } => ({ from: now - count * 60_000, to: now })

test('resolveRange() cuts 15 minutes into steps of 5 seconds with whole steps at the ends', () => {
  const range = resolveRange(minutes(15), now)

  expect(range).toMatchObject({
    from: Date.UTC(2026, 5, 1, 11, 45),
    to: Date.UTC(2026, 5, 1, 12, 0, 5),
    stepMs: 5_000,
    rollupStepMs: 5_000,
  })
})

test('resolveRange() takes minutes beyond half an hour', () => {
  expect(resolveRange(minutes(31), now)).toMatchObject({ stepMs: 60_000, rollupStepMs: 60_000 })
})

test('resolveRange() takes minutes for a short range that is older than the fine rollups', () => {
  const from = now - 7 * 3_600_000

  expect(resolveRange({ from, to: from + 60_000 }, now)).toMatchObject({
    stepMs: 60_000,
    rollupStepMs: 60_000,
  })
})

test('resolveRange() reads hours beyond a day', () => {
  const range = resolveRange(minutes(1_441), now)

  expect(range).toMatchObject({ stepMs: 3_600_000, rollupStepMs: 3_600_000, coarse: { stepMs: 3_600_000 } })
})

test('resolveRange() never makes more than 361 steps', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 366 * 86_400_000 }), (lengthMs) => {
      const { from, to, stepMs } = resolveRange({ from: now - lengthMs, to: now }, now)

      expect((to - from) / stepMs).toBeLessThanOrEqual(361)
    }),
  )
})
