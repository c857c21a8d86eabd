import { describe, expect, it } from 'vitest'
import { formatPath, parentRoute, parseRoute } from './route.ts'

describe('parseRoute()', () => {
  it('reads the overview from the bare slash', () => {
    expect(parseRoute('/')).toEqual({ view: 'overview' })
  })

  it('reads a selection with encoded characters', () => {
    expect(parseRoute('/services/a%2Fb%20c')).toEqual({ view: 'services', service: 'a/b c' })
  })

  it('reads service and name of a breaker', () => {
    expect(parseRoute('/policies/storefront/payments')).toEqual({
      view: 'policies',
      service: 'storefront',
      policy: 'payments',
    })
  })

  it('says unknown for a breaker without its name', () => {
    expect(parseRoute('/policies/storefront')).toEqual({ view: 'unknown', path: '/policies/storefront' })
  })

  it('says unknown for a path that is too deep', () => {
    expect(parseRoute('/errors/a/b').view).toBe('unknown')
  })

  it('says unknown for a wrongly encoded path', () => {
    expect(parseRoute('/errors/%E0%A4%A').view).toBe('unknown')
  })

  it('says unknown for a view that does not exist', () => {
    expect(parseRoute('/nowhere').view).toBe('unknown')
  })
})

describe('formatPath()', () => {
  it('writes a path that reads back to the same selection, whatever its characters', () => {
    const route = { view: 'services', service: '../x?y#z%2F<b>' } as const

    expect(parseRoute(formatPath(route))).toEqual(route)
  })

  it('writes a name of dots so that a browser does not resolve it away', () => {
    const route = { view: 'errors', group: '..' } as const

    expect(new URL(formatPath(route), 'http://hub').pathname).toBe('/errors/..~')
    expect(parseRoute('/errors/..~')).toEqual(route)
  })
})

describe('parentRoute()', () => {
  it('takes the selection away', () => {
    expect(parentRoute({ view: 'errors', group: 'abc' })).toEqual({ view: 'errors', group: null })
  })

  it('is undefined when nothing is selected', () => {
    expect(parentRoute({ view: 'policies', service: null, policy: null })).toBeUndefined()
  })
})
