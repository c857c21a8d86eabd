import type { PolicyView } from 'breakwater/protocol'
import { describe, expect, it } from 'vitest'
import { breakerPolicy, breakerView } from '../../../../test/fixtures/breaker.ts'
import { matchPolicies, policyFilterWords } from './match-policies.ts'

const none = { q: '', kind: '', service: '' }
const policies: readonly PolicyView[] = [
  { ...breakerPolicy('retries', breakerView()), kind: 'retry', breaker: null },
  breakerPolicy('calm', breakerView()),
  breakerPolicy('payments', breakerView({ state: 'open' })),
]

describe('matchPolicies()', () => {
  it('parts breakers from others and counts those a person should look at', () => {
    const { breakers, others, attention } = matchPolicies(policies, none)

    expect(breakers.map(({ name }) => name)).toEqual(['payments', 'calm'])
    expect(others.map(({ name }) => name)).toEqual(['retries'])
    expect(attention).toBe(1)
  })

  it('narrows by kind', () => {
    expect(matchPolicies(policies, { ...none, kind: 'retry' }).breakers).toEqual([])
  })

  it('narrows by service', () => {
    expect(matchPolicies(policies, { ...none, service: 'inventory' }).others).toEqual([])
  })

  it('finds a text in service or name in any case', () => {
    expect(matchPolicies(policies, { ...none, q: 'FRONT PAY' }).breakers).toHaveLength(1)
  })
})

describe('policyFilterWords()', () => {
  it('writes the filters as one would type them', () => {
    expect(policyFilterWords({ q: 'x', kind: 'retry', service: 's' })).toBe('kind:retry service:s "x"')
  })
})
