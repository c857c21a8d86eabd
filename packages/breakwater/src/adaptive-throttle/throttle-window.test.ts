import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankOf, ThrottleWindow } from './throttle-window.ts'

describe('ThrottleWindow', () => {
  it('forgets a slot of a twelfth of the window at a time', () => {
    const window = new ThrottleWindow(1_200)
    window.add(1, true, 0)
    window.add(1, false, 150)
    const totals = [1_199, 1_200, 1_299, 1_300].map((now) => {
      window.expire(now)
      return [window.requests, window.accepts]
    })

    expect(totals).toEqual([
      [2, 1],
      [1, 0],
      [1, 0],
      [0, 0],
    ])
  })

  it('agrees with a list of all calls, whatever the gaps', () => {
    const calls = fc.array(
      fc.record({ rank: fc.nat(3), isAccepted: fc.boolean(), gap: fc.oneof(fc.nat(50), fc.nat(5_000)) }),
      { maxLength: 200 },
    )
    fc.assert(
      fc.property(calls, (list) => {
        const window = new ThrottleWindow(1_200)
        const log: { rank: number; isAccepted: boolean; slot: number }[] = []
        let now = 0
        for (const { rank, isAccepted, gap } of list) {
          now += gap
          window.add(rank, isAccepted, now)
          log.push({ rank, isAccepted, slot: Math.floor(now / 100) })
        }
        const kept = log.filter(({ slot }) => slot > Math.floor(now / 100) - 12)
        const byRank = [0, 1, 2, 3].map((rank) => kept.filter((call) => call.rank === rank).length)

        expect([window.requests, window.accepts]).toEqual([
          kept.length,
          kept.filter(({ isAccepted }) => isAccepted).length,
        ])
        expect(window.byRank).toEqual(byRank)
      }),
    )
  })

  it('ranks what is shed first lowest, and takes no criticality for normal', () => {
    expect(['low', undefined, 'normal', 'high', 'critical'].map((name) => rankOf(name as 'low'))).toEqual([
      0, 1, 1, 2, 3,
    ])
  })
})
