import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBaggage, parseBaggage } from './baggage.ts'

describe('parseBaggage()', () => {
  it('leaves out malformed members and properties', () => {
    expect(parseBaggage('a=1;ttl=3, b = 2 ,=x,c,%zz=1,d=%zz')).toEqual({ a: '1', b: '2', '%zz': '1' })
  })

  it('is undefined when nothing can be read', () => {
    expect(parseBaggage('')).toBeUndefined()
  })

  it('reads 64 members and no more', () => {
    const header = Array.from({ length: 70 }, (_, i) => `k${String(i)}=v`).join(',')

    expect(Object.keys(parseBaggage(header) ?? {}).length).toBe(64)
  })
})

describe('formatBaggage()', () => {
  it('stays within 8,192 characters', () => {
    const baggage = { a: 'x'.repeat(5_000), b: 'y'.repeat(5_000) }

    expect(formatBaggage(baggage)).toBe(`a=${'x'.repeat(5_000)}`)
  })

  it('is read back as it was written, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string(), { maxKeys: 8, noNullPrototype: true }),
        (baggage) => {
          const header = formatBaggage(baggage)
          expect(header === undefined ? {} : parseBaggage(header)).toEqual(baggage)
        },
      ),
    )
  })

  it('does not fail for a lone surrogate', () => {
    expect(formatBaggage({ a: '\ud800' })).toBe('a=%EF%BF%BD')
  })
})
