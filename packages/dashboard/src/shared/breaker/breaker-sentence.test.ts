import { describe, expect, it } from 'vitest'
import { breakerView, overrideOf } from '../../../test/fixtures/breaker.ts'
import { breakerSentence, nextTrialSentence, pendingOverride, ratioBar } from './breaker-sentence.ts'

const since = new Date(2026, 10, 23, 2, 14, 7).getTime()

describe('breakerSentence()', () => {
  it('says state, since when and why', () => {
    const view = breakerView({ state: 'open', since, reason: '62 % of 120 calls failed in 30 s' })

    expect(breakerSentence(view, since + 1_000)).toBe(
      'circuit open since 02:14:07 (62 % of 120 calls failed in 30 s)',
    )
  })

  it('leaves the brackets out without a reason', () => {
    expect(breakerSentence(breakerView({ since }), since)).toBe('circuit closed since 02:14:07')
  })

  it('speaks of the order, not of the state, while a person holds it', () => {
    expect(breakerSentence(breakerView({}, overrideOf('forced-open', since)), since)).toBe(
      'circuit forced open since 02:14:07',
    )
  })
})

describe('nextTrialSentence()', () => {
  it('counts down', () => {
    expect(nextTrialSentence(breakerView({ state: 'open', nextTrialAt: 9_000 }), 5_000)).toBe(
      'Next trial in 4 s',
    )
  })

  it('counts the last part of a second as one', () => {
    expect(nextTrialSentence(breakerView({ state: 'open', nextTrialAt: 5_001 }), 5_000)).toBe(
      'Next trial in 1 s',
    )
  })

  it('says that the next call is the trial once the wait is over', () => {
    expect(nextTrialSentence(breakerView({ state: 'open', nextTrialAt: 5_000 }), 5_000)).toBe(
      'The next call is a trial',
    )
  })

  it('is empty for a closed breaker', () => {
    expect(nextTrialSentence(breakerView(), 0)).toBe('')
  })

  it('says that trials run while half-open', () => {
    expect(nextTrialSentence(breakerView({ state: 'half-open' }), 0)).toBe('Trial calls are under way')
  })
})

describe('pendingOverride()', () => {
  it('is empty when the services obey', () => {
    expect(pendingOverride(breakerView({}, overrideOf('forced-open', 0)))).toBe('')
  })

  it('says when the services have not answered yet', () => {
    const view = { ...breakerView(), override: overrideOf('forced-open', 0) }

    expect(pendingOverride(view)).toBe('Ordered forced open; the service has not answered yet')
  })

  it('says so too when it was given back', () => {
    expect(pendingOverride({ ...breakerView(), appliedOverride: 'forced-closed' })).toBe(
      'Ordered automatic; the service has not answered yet',
    )
  })
})

describe('ratioBar()', () => {
  it('shows the share of failures against the ratio', () => {
    expect(ratioBar(breakerView({ windowCalls: 120, windowFailures: 74 }))).toEqual({
      value: 74 / 120,
      threshold: 0.5,
      words: '62 % failed, opens at 50 %',
    })
  })

  it('says that there are too few calls to open', () => {
    expect(ratioBar(breakerView({ windowCalls: 19, windowFailures: 19 })).words).toBe(
      '100 % failed, opens at 50 % of at least 20 calls',
    )
  })

  it('shows nothing without a call', () => {
    expect(ratioBar(breakerView({ windowCalls: 0, windowFailures: 0 })).value).toBe(0)
  })

  it('counts failures in a row for the consecutive kind', () => {
    const bar = ratioBar(breakerView({ windowMs: 0, threshold: 4, windowFailures: 4 }))

    expect(bar).toEqual({ value: 0.8, threshold: 0.8, words: '4 failures in a row, opens at 4' })
  })
})
