import type { ExemplarView } from 'breakwater/protocol'
import { describe, expect, it } from 'vitest'
import { commonContext } from './common-context.ts'

describe('commonContext()', () => {
  it('finds what more than half of the examples share, the most common first', () => {
    const facts = commonContext([
      exemplar({ region: 'eu', tier: 'gold' }),
      exemplar({ region: 'eu', tier: 'gold' }),
      exemplar({ region: 'eu', tier: 'plain' }),
    ])

    expect(facts).toEqual([
      { name: 'service', value: 'storefront', count: 3 },
      { name: 'region', value: 'eu', count: 3 },
      { name: 'tier', value: 'gold', count: 2 },
    ])
  })

  it('leaves out what exactly half share', () => {
    const facts = commonContext([exemplar({ tier: 'gold' }), exemplar({ tier: 'plain' })])

    expect(facts.map(({ name }) => name)).toEqual(['service'])
  })

  it('finds nothing in a single example', () => {
    expect(commonContext([exemplar({ region: 'eu' })])).toEqual([])
  })
})

function exemplar(context: Record<string, string>): ExemplarView {
  const error = { name: 'Error', message: '' }
  return { id: '1', at: 0, error, service: 'storefront', instance: 's-1', version: null, context }
}
