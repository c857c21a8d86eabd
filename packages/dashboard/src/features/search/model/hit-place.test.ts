import { describe, expect, it } from 'vitest'
import { hitPlace, stepThrough } from './hit-place.ts'

describe('hitPlace()', () => {
  it('opens a service on its operation', () => {
    const hit = { kind: 'operation', title: 'x', service: 'storefront', id: 'payments.charge' } as const

    expect(hitPlace(hit)).toEqual({
      route: { view: 'services', service: 'storefront' },
      query: { operation: 'payments.charge' },
    })
  })

  it('opens a breaker of its service', () => {
    expect(hitPlace({ kind: 'policy', title: 'x', service: 'storefront', id: 'payments' }).route).toEqual({
      view: 'policies',
      service: 'storefront',
      policy: 'payments',
    })
  })

  it('opens the group of a trace', () => {
    expect(hitPlace({ kind: 'trace', title: 'x', service: null, id: 'abc' }).route).toEqual({
      view: 'errors',
      group: 'abc',
    })
  })
})

describe('stepThrough()', () => {
  it('starts at either end', () => {
    expect([stepThrough(-1, 1, 3), stepThrough(-1, -1, 3)]).toEqual([0, 2])
  })

  it('goes round', () => {
    expect([stepThrough(2, 1, 3), stepThrough(0, -1, 3)]).toEqual([0, 2])
  })

  it('is nowhere in an empty list', () => {
    expect(stepThrough(0, 1, 0)).toBe(-1)
  })
})
