import { expect, test } from 'vitest'
import { breakerStrip, maxSegments } from './breaker-strip.ts'

const always = { from: 0, to: Infinity }

test('breakerStrip() starts with the state from before the range', () => {
  const strip = breakerStrip({
    ...{ from: 100, to: 200, lives: new Map([[1, always]]) },
    changes: [
      { instanceId: 1, at: 50, state: 'open' },
      { instanceId: 1, at: 150, state: 'closed' },
    ],
  })

  expect(strip).toEqual([
    { from: 100, to: 150, state: 'open' },
    { from: 150, to: 200, state: 'closed' },
  ])
})

test('breakerStrip() shows the worst of all instances', () => {
  const strip = breakerStrip({
    ...{ from: 0, to: 100 },
    lives: new Map([
      [1, always],
      [2, always],
    ]),
    changes: [
      { instanceId: 1, at: 0, state: 'closed' },
      { instanceId: 2, at: 0, state: 'closed' },
      { instanceId: 2, at: 40, state: 'open' },
      { instanceId: 1, at: 50, state: 'half-open' },
      { instanceId: 2, at: 60, state: 'closed' },
    ],
  })

  expect(strip.map(({ from, state }) => [from, state])).toEqual([
    [0, 'closed'],
    [40, 'open'],
    [60, 'half-open'],
  ])
})

test('breakerStrip() is unknown before the first and after the last instance', () => {
  const strip = breakerStrip({
    ...{ from: 0, to: 100, lives: new Map([[1, { from: 20, to: 70 }]]) },
    changes: [{ instanceId: 1, at: 10, state: 'closed' }],
  })

  expect(strip).toEqual([
    { from: 0, to: 20, state: 'unknown' },
    { from: 20, to: 70, state: 'closed' },
    { from: 70, to: 100, state: 'unknown' },
  ])
})

test('breakerStrip() keeps the worst state when there are more stretches than a screen can show', () => {
  const changes = Array.from({ length: 3_000 }, (_, at) => ({
    ...{ instanceId: 1, at },
    state: at % 2 === 0 ? ('closed' as const) : ('half-open' as const),
  })).with(1_501, { instanceId: 1, at: 1_501, state: 'open' as never })

  const strip = breakerStrip({ from: 0, to: 3_000, lives: new Map([[1, always]]), changes })

  expect(strip.length).toBeLessThanOrEqual(maxSegments)
  expect(strip.some(({ state }) => state === 'open')).toBe(true)
  expect(strip.at(-1)?.to).toBe(3_000)
})
