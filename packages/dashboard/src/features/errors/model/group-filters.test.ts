import { describe, expect, it } from 'vitest'
import { filterWords, parseGroupFilters } from './group-filters.ts'

describe('parseGroupFilters()', () => {
  it('orders by count when the order is none that is offered', () => {
    expect(parseGroupFilters({ sort: 'constructor' }).sort).toBe('count')
  })

  it('reads all filters', () => {
    const query = {
      q: 'timed out',
      service: 'storefront',
      severity: 'high',
      category: 'business/rule',
      sort: 'last',
    }

    expect(parseGroupFilters(query)).toEqual(query)
  })
})

describe('filterWords()', () => {
  it('writes the filters as one would type them', () => {
    expect(filterWords(parseGroupFilters({ severity: 'critical', q: 'timed out' }))).toBe(
      'severity:critical "timed out"',
    )
  })

  it('is empty without a filter, whatever the order', () => {
    expect(filterWords(parseGroupFilters({ sort: 'last' }))).toBe('')
  })
})
