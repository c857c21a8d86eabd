import { describe, expect, it } from 'vitest'
import { seededRandom } from '../random/seeded-random.ts'
import { contextFromHeaders, headersFromContext } from './context-headers.ts'
import { parseTraceparent } from './trace-context.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'
const traceparent = `00-${traceId}-${spanId}-01`
const options = { random: seededRandom(1), now: () => 10_000 }

describe('contextFromHeaders()', () => {
  it("continues the caller's trace with a span of its own", () => {
    const context = contextFromHeaders({ traceparent, tracestate: 'rojo=1' }, options)

    expect(context).toMatchObject({ traceId, traceFlags: 1, tracestate: 'rojo=1' })
    expect(context.spanId).toMatch(/^[\da-f]{16}$/)
    expect(context.spanId).not.toBe(spanId)
  })

  it('begins a trace, and ignores tracestate, when traceparent is invalid', () => {
    const context = contextFromHeaders({ traceparent: 'nonsense', tracestate: 'rojo=1' }, options)

    expect(context.traceId).toMatch(/^[\da-f]{32}$/)
    expect(context.tracestate).toBeUndefined()
  })

  it('reads the Headers of fetch', () => {
    const context = contextFromHeaders(
      new Headers({ traceparent, baggage: 'user=ada%20l,bad name=x,n=1;p=2' }),
      options,
    )

    expect(context.traceId).toBe(traceId)
    expect(context.baggage).toEqual({ user: 'ada l', n: '1' })
  })

  it('turns the remaining time into a deadline by its own clock, at most a day', () => {
    expect(contextFromHeaders({ 'breakwater-remaining-ms': '250' }, options).deadlineAt).toBe(10_250)
    expect(contextFromHeaders({ 'breakwater-remaining-ms': '99999999999' }, options).deadlineAt).toBe(
      86_410_000,
    )
    expect(contextFromHeaders({ 'breakwater-remaining-ms': '-5' }, options).deadlineAt).toBeUndefined()
  })
})

describe('headersFromContext()', () => {
  it('gives each outgoing call a span id of its own', () => {
    const context = { traceId, spanId, traceFlags: 1, tracestate: 'rojo=1' }

    const first = parseTraceparent(headersFromContext(context, options)['traceparent'] ?? '')
    const second = parseTraceparent(headersFromContext(context, options)['traceparent'] ?? '')

    expect(first?.traceId).toBe(traceId)
    expect(new Set([spanId, first?.spanId, second?.spanId]).size).toBe(3)
  })

  it('writes state, baggage and the remaining time', () => {
    const context = {
      traceId,
      tracestate: 'rojo=1',
      baggage: { user: 'ada l', 'bad name': 'x' },
      deadlineAt: 10_250.7,
    }

    expect(headersFromContext(context, options)).toMatchObject({
      tracestate: 'rojo=1',
      baggage: 'user=ada%20l',
      'breakwater-remaining-ms': '250',
    })
  })

  it('writes 0 for a deadline that has passed, and nothing without a context', () => {
    expect(headersFromContext({ deadlineAt: 9_000 }, options)).toEqual({ 'breakwater-remaining-ms': '0' })
    expect(headersFromContext({}, options)).toEqual({})
  })

  it.each([
    ['the least of the deadline and what is left to the work', { remainingMs: 99.9 }, '99'],
    ['the deadline when the work has longer', { remainingMs: Infinity }, '250'],
    ['less by the margin', { remainingMs: 100, marginMs: 5 }, '95'],
    ['0 when the margin is more than is left', { marginMs: 1_000 }, '0'],
    ['nothing that is no time', { remainingMs: NaN }, undefined],
  ])('writes %s', (_, own, expected) => {
    const headers = headersFromContext({ deadlineAt: 10_250 }, { ...options, ...own })

    expect(headers['breakwater-remaining-ms']).toBe(expected)
  })

  it('writes what is left to the work where no caller has a deadline', () => {
    expect(headersFromContext({}, { ...options, remainingMs: 20 })).toEqual({
      'breakwater-remaining-ms': '20',
    })
    expect(headersFromContext({}, { ...options, remainingMs: Infinity, marginMs: 5 })).toEqual({})
  })

  it('is read back as it was written', () => {
    const context = contextFromHeaders({ traceparent, baggage: 'user=%C3%A4' }, options)

    const next = contextFromHeaders(headersFromContext(context, options), options)

    expect(next.traceId).toBe(traceId)
    expect(next.baggage).toEqual({ user: 'ä' })
  })
})
