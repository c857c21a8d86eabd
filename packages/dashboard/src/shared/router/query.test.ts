import { describe, expect, it } from 'vitest'
import { formatQuery, frameQuery, parseQuery } from './query.ts'

describe('parseQuery()', () => {
  it('takes the last value of a repeated name', () => {
    expect(parseQuery('?q=a&q=b')).toEqual({ q: 'b' })
  })

  it('keeps a name that objects have of their own apart', () => {
    const query = parseQuery('?__proto__=x')

    expect(Object.getPrototypeOf(query)).toBe(Object.prototype)
    expect(Object.entries(query)).toEqual([['__proto__', 'x']])
  })
})

describe('formatQuery()', () => {
  it('is empty for a query without values', () => {
    expect(formatQuery({ q: '' })).toBe('')
  })

  it('writes names in order and reads back what was written', () => {
    const text = formatQuery({ q: 'a&b=c', from: '1' })

    expect(text).toBe('?from=1&q=a%26b%3Dc')
    expect(parseQuery(text)).toEqual({ from: '1', q: 'a&b=c' })
  })
})

describe('frameQuery()', () => {
  it('keeps the time range and drops filters', () => {
    expect(frameQuery({ range: '1h', from: '1', to: '2', q: 'x' })).toEqual({
      range: '1h',
      from: '1',
      to: '2',
    })
  })
})
