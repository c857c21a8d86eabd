import { describe, expect, it } from 'vitest'
import { liveTick } from '../../../test/fixtures/live-tick.ts'
import { initialLiveState, maxTicks, reconnectDelayMs, withLoss, withReset, withTick } from './live-state.ts'

describe('withTick()', () => {
  it('appends the tick and notes its lag', () => {
    const state = withTick(initialLiveState, liveTick(5_000), 5_300)

    expect(state).toMatchObject({ status: 'live', receivedAt: 5_300, lagMs: 300 })
    expect(state.ticks.map(({ id }) => id)).toEqual([5])
  })

  it('takes a tick that is sent again only as a sign of life', () => {
    const before = withTick(initialLiveState, liveTick(5_000), 5_000)

    const after = withTick(withLoss(before), liveTick(5_000), 9_000)

    expect(after.ticks).toBe(before.ticks)
    expect(after.status).toBe('live')
  })

  it('keeps as many ticks as the hub can send again', () => {
    const ticks = Array.from({ length: maxTicks }, (_unused, i) => liveTick((i + 1) * 1_000))

    const state = withTick({ ...initialLiveState, ticks }, liveTick((maxTicks + 1) * 1_000), 0)

    expect(state.ticks).toHaveLength(maxTicks)
    expect(state.ticks[0]?.id).toBe(2)
  })

  it('has no lag when the tick seems to come from the future', () => {
    expect(withTick(initialLiveState, liveTick(5_000), 4_000).lagMs).toBe(0)
  })
})

describe('withReset()', () => {
  it('forgets ticks that no longer join on', () => {
    const before = withTick(initialLiveState, liveTick(5_000), 5_000)

    expect(withReset(before).ticks).toEqual([])
  })
})

describe('reconnectDelayMs()', () => {
  it('starts with one second', () => {
    expect(reconnectDelayMs(1)).toBe(1_000)
  })

  it('doubles up to ten seconds', () => {
    expect([2, 3, 4, 5, 50].map(reconnectDelayMs)).toEqual([2_000, 4_000, 8_000, 10_000, 10_000])
  })
})
