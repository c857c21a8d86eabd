import { describe, expect, it } from 'vitest'
import { breakerPolicy, breakerView, overrideOf } from '../../../test/fixtures/breaker.ts'
import { needsPerson, rankBreakers } from './breaker-rank.ts'

describe('rankBreakers()', () => {
  it('puts the worst first, those alike by name, and leaves other policies out', () => {
    const policies = [
      breakerPolicy('b-closed', breakerView()),
      breakerPolicy('held', breakerView({}, overrideOf('forced-closed', 0))),
      breakerPolicy('trial', breakerView({ state: 'half-open' })),
      breakerPolicy('a-closed', breakerView()),
      breakerPolicy('open', breakerView({ state: 'open' })),
      { ...breakerPolicy('retry', breakerView()), kind: 'retry', breaker: null } as const,
    ]

    expect(rankBreakers(policies).map(({ name }) => name)).toEqual([
      'open',
      'trial',
      'held',
      'a-closed',
      'b-closed',
    ])
  })
})

describe('needsPerson()', () => {
  it('is false for a closed breaker that is left to itself', () => {
    expect(needsPerson(breakerPolicy('x', breakerView()))).toBe(false)
  })

  it('is true while an order waits to be obeyed', () => {
    const breaker = { ...breakerView(), override: overrideOf('forced-open', 0) }

    expect(needsPerson(breakerPolicy('x', breaker))).toBe(true)
  })
})
