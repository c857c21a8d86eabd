import { describe, expect, it } from 'vitest'
import type { FlowEffect } from './faults/flow-effect.ts'
import { type FlowShape, shapeOf } from './flow-shape.ts'
import { Pacing, type Piece } from './pacing.ts'

const shaped = (...effects: readonly FlowEffect[]): FlowShape =>
  shapeOf(effects.map((effect) => ({ effect, sentBefore: 0 })))
const piece = (fields: Partial<Piece> = {}): Piece => ({
  ...{ bytes: 100, arrivedAt: 1_000, share: 0.5, extraMs: 0 },
  ...fields,
})

describe('Pacing', () => {
  it('lets all pass when it arrives, without an effect', () => {
    expect(new Pacing().dueOf(piece(), shaped())).toBe(1_000)
  })

  it.each([
    [0, 1_050],
    [0.5, 1_100],
    [0.75, 1_125],
  ])('with a share of %d of the jitter makes it due at %d', (share, dueAt) => {
    const shape = shaped({ latencyMs: 100, jitterMs: 50 })

    expect(new Pacing().dueOf(piece({ share }), shape)).toBe(dueAt)
  })

  it('never makes it due before it arrives, however large the jitter is', () => {
    expect(new Pacing().dueOf(piece({ share: 0 }), shaped({ latencyMs: 10, jitterMs: 50 }))).toBe(1_000)
  })

  it('sends one after the other over the link, and each takes its latency', () => {
    const pacing = new Pacing()
    const shape = shaped({ bytesPerSecond: 1_000, latencyMs: 500 })

    const first = pacing.dueOf(piece(), shape)
    pacing.pass(piece(), shape, first)

    expect([first, pacing.dueOf(piece(), shape)]).toEqual([1_600, 1_700])
  })

  it.each([
    ['makes up for a timer that is up to 50 ms late', 1_150, 1_200],
    ['saves nothing up of what came later than that', 3_100, 3_150],
  ])('%s', (_, passedAt, dueAt) => {
    const pacing = new Pacing()
    const shape = shaped({ bytesPerSecond: 1_000 })

    pacing.pass(piece(), shape, passedAt)

    expect(pacing.dueOf(piece(), shape)).toBe(dueAt)
  })

  it('keeps the gap from when the last has passed', () => {
    const pacing = new Pacing()
    const shape = shaped({ gapMs: 40 })

    pacing.pass(piece(), shape, 1_025)

    expect(pacing.dueOf(piece(), shape)).toBe(1_065)
  })

  it('adds what its kind waits', () => {
    expect(new Pacing().dueOf(piece({ bytes: 0, extraMs: 70 }), shaped({ latencyMs: 5 }))).toBe(1_075)
  })
})

describe('shapeOf()', () => {
  it('adds times, and of limits takes the strictest', () => {
    const shape = shaped(
      { latencyMs: 10, jitterMs: 1, closeDelayMs: 5, bytesPerSecond: 300, pieceBytes: 30, gapMs: 7 },
      { latencyMs: 20, jitterMs: 2, closeDelayMs: 6, bytesPerSecond: 200, pieceBytes: 40, gapMs: 9 },
    )

    expect(shape).toMatchObject({ latencyMs: 30, jitterMs: 3, closeDelayMs: 11, isHeld: false })
    expect(shape).toMatchObject({ bytesPerSecond: 200, pieceBytes: 30, gapMs: 9, cutAt: Infinity })
  })

  it('is held by one of several', () => {
    expect(shaped({}, { isHeld: true }, {}).isHeld).toBe(true)
  })

  it('takes the nearest cut, counted from where each was applied', () => {
    const shape = shapeOf([
      { effect: { cut: { afterBytes: 10, kind: 'reset' } }, sentBefore: 100 },
      { effect: { cut: { afterBytes: 50, kind: 'end' } }, sentBefore: 0 },
    ])

    expect([shape.cutAt, shape.cutKind]).toEqual([50, 'end'])
  })
})
