import { describe, expect, it } from 'vitest'
import type { PolicyFacts, PolicyKind } from '../protocol/index.ts'
import { IntervalNotes } from './interval-notes.ts'

function facts(kind: PolicyKind, counters: Record<string, number>, limit?: number): PolicyFacts {
  return { kind, name: 'stripe', counters, gauges: limit === undefined ? {} : { limit } }
}

describe('IntervalNotes', () => {
  it.each<[PolicyKind, string, string, string]>([
    ['retry-budget', 'refused', 'BudgetExhausted', 'BudgetRecovered'],
    ['rate-limiter', 'rejected', 'RateLimitReached', 'RateLimitRecovered'],
    ['concurrency-limiter', 'rejected', 'LimitExceeded', 'LimitRecovered'],
    ['chaos', 'injected', 'ChaosStarted', 'ChaosEnded'],
  ])('of a %s that counts %s tells %s once, and %s half a minute after', (kind, counter, began, ended) => {
    const notes = new IntervalNotes()
    const moving = facts(kind, { [counter]: 7 })
    const still = facts(kind, { [counter]: 0 })

    const told = [
      notes.of([still], 0),
      notes.of([moving], 1_000),
      notes.of([moving], 2_000),
      notes.of([still], 31_999),
      notes.of([still], 32_000),
      notes.of([still], 33_000),
    ]

    expect(told.map((events) => events.map(({ type, at }) => ({ type, at })))).toEqual([
      [],
      [{ type: began, at: 1_000 }],
      [],
      [],
      [{ type: ended, at: 32_000 }],
      [],
    ])
    expect(told[1]?.[0]).toMatchObject({ policy: 'stripe', details: { [counter]: 7 } })
    expect(told[1]?.[0]?.message).toMatch(/^stripe: .*7/)
  })

  it('tells again of what comes back after it ended', () => {
    const notes = new IntervalNotes()
    notes.of([facts('chaos', { injected: 1 })], 0)
    notes.of([facts('chaos', { injected: 0 })], 30_000)

    const again = notes.of([facts('chaos', { injected: 1 })], 31_000)

    expect(again.map(({ type }) => type)).toEqual(['ChaosStarted'])
  })

  it('keeps policies of different kinds and names apart', () => {
    const notes = new IntervalNotes()
    const other = { ...facts('chaos', { injected: 1 }), name: 'adyen' }
    notes.of([facts('chaos', { injected: 1 })], 0)

    const told = notes.of([facts('rate-limiter', { rejected: 1 }), other], 1)

    expect(told.map(({ type, policy }) => [type, policy])).toEqual([
      ['RateLimitReached', 'stripe'],
      ['ChaosStarted', 'adyen'],
    ])
  })

  it('tells of a limit only what halves or doubles it, since it was told last', () => {
    const notes = new IntervalNotes()
    const limits = [100, 51, 50, 26, 25, 49, 50]

    const told = limits.map((limit, at) => notes.of([facts('concurrency-limiter', {}, limit)], at))

    expect(told.map((events) => events.map(({ details }) => details))).toEqual([
      [],
      [],
      [{ from: 100, to: 50 }],
      [],
      [{ from: 50, to: 25 }],
      [],
      [{ from: 25, to: 50 }],
    ])
    expect(told[2]?.[0]?.message).toBe('stripe: the limit went from 100 to 50 calls at once')
  })

  it('says nothing of the limit of a bulkhead, which only people change', () => {
    const notes = new IntervalNotes()
    notes.of([facts('bulkhead', { rejected: 9 }, 10)], 0)

    expect(notes.of([facts('bulkhead', { rejected: 9 }, 100)], 1)).toEqual([])
  })
})
