import { describe, expect, it } from 'vitest'
import { breakerPolicy, breakerView } from '../../test/fixtures/breaker.ts'
import { overviewView, serviceSummary } from '../../test/fixtures/overview.ts'
import { attentionCounts } from './attention-counts.ts'

describe('attentionCounts()', () => {
  it('counts failing services, not degraded ones, and breakers that are not closed', () => {
    const view = overviewView({
      services: [serviceSummary('a', 'failing'), serviceSummary('b', 'degraded')],
      breakers: [breakerPolicy('payments', breakerView({ state: 'open' }))],
    })

    expect(attentionCounts(view)).toEqual({ services: 1, policies: 1 })
  })

  it('counts nothing before the first answer', () => {
    expect(attentionCounts(undefined)).toEqual({})
  })
})
