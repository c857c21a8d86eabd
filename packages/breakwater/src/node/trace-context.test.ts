import { describe, expect, it } from 'vitest'
import { formatTraceparent, normalizeTracestate, parseTraceparent } from './trace-context.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'

describe('parseTraceparent()', () => {
  it('reads version 00', () => {
    expect(parseTraceparent(`00-${traceId}-${spanId}-01`)).toEqual({ traceId, spanId, traceFlags: 1 })
  })

  it('reads a later version by the fields of version 00', () => {
    expect(parseTraceparent(`01-${traceId}-${spanId}-03-more`)).toEqual({ traceId, spanId, traceFlags: 3 })
  })

  it.each([
    ['nothing', ''],
    ['version ff', `ff-${traceId}-${spanId}-01`],
    ['more fields in version 00', `00-${traceId}-${spanId}-01-more`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['a span id of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['upper case', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['a short trace id', `00-${traceId.slice(1)}-${spanId}-01`],
    ['a header that is too long', `01-${traceId}-${spanId}-01-${'x'.repeat(600)}`],
  ])('rejects %s', (_, header) => {
    expect(parseTraceparent(header)).toBeUndefined()
  })
})

describe('formatTraceparent()', () => {
  it('writes version 00 and only the flags that it knows', () => {
    expect(formatTraceparent({ traceId, spanId, traceFlags: 0xff })).toBe(`00-${traceId}-${spanId}-03`)
  })
})

describe('normalizeTracestate()', () => {
  it('keeps members in order and trims them', () => {
    expect(normalizeTracestate('rojo=00f067aa0ba902b7 , congo=t61rcWkgMzE,,a@b=c')).toBe(
      'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE,a@b=c',
    )
  })

  it('takes 32 members and rejects 33', () => {
    expect(normalizeTracestate(members(32))?.split(',').length).toBe(32)
    expect(normalizeTracestate(members(33))).toBeUndefined()
  })

  it('leaves out the last members beyond 512 characters', () => {
    const long = `a=${'x'.repeat(250)},b=${'x'.repeat(250)},c=${'x'.repeat(250)}`

    expect(normalizeTracestate(long)).toBe(`a=${'x'.repeat(250)},b=${'x'.repeat(250)}`)
  })

  it('rejects malformed members and keys that stand twice', () => {
    expect(normalizeTracestate('no-value')).toBeUndefined()
    expect(normalizeTracestate('UPPER=1')).toBeUndefined()
    expect(normalizeTracestate('a=1,a=2')).toBeUndefined()
  })
})

function members(count: number): string {
  return Array.from({ length: count }, (_, i) => `k${String(i)}=v`).join(',')
}
