import { describe, expect, it } from 'vitest'
import { breakerPolicy, breakerView, overrideOf } from '../../../../test/fixtures/breaker.ts'
import { overviewView, serviceSummary, totals } from '../../../../test/fixtures/overview.ts'
import { buildSituation } from './situation.ts'

const since = new Date(2026, 10, 23, 2, 14, 7).getTime()
const open = breakerView({
  state: 'open',
  since,
  reason: '62 % of 120 calls failed in 30 s',
  nextTrialAt: since + 10_000,
})

const at = (now: number): { now: number; spanMs: number } => ({ now, spanMs: 900_000 })

describe('buildSituation()', () => {
  it('says in one sentence what is open, since when, why and what is next', () => {
    const view = overviewView({
      services: [serviceSummary('storefront', 'degraded')],
      breakers: [breakerPolicy('payments', open)],
    })

    expect(buildSituation(view, at(since + 6_000))).toMatchObject({
      state: 'failing',
      headline:
        'payments: circuit open since 02:14:07 (62 % of 120 calls failed in 30 s). Next trial in 4 s.',
    })
  })

  it('says whom it hurts and what is done about it', () => {
    const view = overviewView({
      totals: totals({ calls: 1_000, failures: 20, rejections: 10, sparedByFallback: 300 }),
      services: [serviceSummary('inventory', 'ok'), serviceSummary('storefront', 'degraded')],
      breakers: [breakerPolicy('payments', open)],
    })

    const { whom, doing } = buildSituation(view, at(since))

    expect(whom).toBe('It hurts storefront: 30 calls (3 %) got no answer.')
    expect(doing).toBe('1 breaker keeps calls away; 300 calls answered all the same (300 by fallback).')
  })

  it('does not say that it hurts when every call got an answer', () => {
    const view = overviewView({
      totals: totals({ calls: 1_000, sparedByFallback: 3 }),
      services: [serviceSummary('storefront', 'degraded')],
      breakers: [breakerPolicy('payments', open)],
    })

    expect(buildSituation(view, at(since)).whom).toBe('It concerns storefront; every call got an answer.')
  })

  it('counts the breakers beyond the worst', () => {
    const view = overviewView({
      services: [serviceSummary('storefront', 'degraded')],
      breakers: [breakerPolicy('a', open), breakerPolicy('b', open), breakerPolicy('c', open)],
    })

    expect(buildSituation(view, at(since)).headline).toMatch(/2 more breakers not closed\.$/)
  })

  it('speaks of the worst service when no breaker is open', () => {
    const view = overviewView({
      services: [
        serviceSummary('b', 'degraded'),
        serviceSummary('a', 'failing', { reason: '64 % of 1,080 calls failed.' }),
      ],
    })

    expect(buildSituation(view, at(0))).toMatchObject({
      state: 'failing',
      headline: 'a is failing: 64 % of 1,080 calls failed. 1 more service not well.',
      doing: 'No policy has answered in place of what fails.',
    })
  })

  it('says that nothing is broken, and how much was going on', () => {
    const view = overviewView({
      totals: totals({ calls: 12_300, failures: 3 }),
      services: [serviceSummary('storefront', 'ok')],
    })

    expect(buildSituation(view, at(0))).toEqual({
      state: 'ok',
      headline: 'Nothing is broken.',
      whom: '12,300 calls in the last 15 minutes, < 0.1 % of them without an answer.',
      doing: 'The one known service reports.',
    })
  })

  it('does not pass over a breaker that a person holds', () => {
    const view = overviewView({
      services: [serviceSummary('storefront', 'ok')],
      breakers: [breakerPolicy('payments', breakerView({}, overrideOf('forced-closed', 0)))],
    })

    expect(buildSituation(view, at(0))).toMatchObject({
      state: 'degraded',
      headline: 'Nothing fails, but payments is held by Mara.',
    })
  })

  it('says that it does not know when no service reports', () => {
    expect(buildSituation(overviewView(), at(0))).toMatchObject({
      state: 'unknown',
      headline: 'No service reports yet.',
    })
  })

  it('says that it does not know when all services are silent', () => {
    const view = overviewView({ services: [serviceSummary('storefront', 'unknown')] })

    expect(buildSituation(view, at(0))).toMatchObject({
      state: 'unknown',
      doing: 'Not heard of lately: storefront.',
    })
  })
})
