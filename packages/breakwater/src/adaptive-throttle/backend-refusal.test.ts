import { expect, it } from 'vitest'
import { ResilienceError } from '../faults/resilience-error.ts'
import { isThrottledError } from './adaptive-throttle-errors.ts'
import { isBackendRefusal } from './backend-refusal.ts'

const ours = (code: string): ResilienceError => new ResilienceError('refused', { code })

it.each([
  { ...{ what: 'a timeout of ours', error: ours('TIMEOUT') }, is: true },
  { ...{ what: 'another refusal of ours', error: ours('BULKHEAD_FULL') }, is: false },
  { ...{ what: 'a refused connection', error: { code: 'ECONNREFUSED' } }, is: true },
  { ...{ what: 'a reset connection', error: { code: 'ECONNRESET' } }, is: true },
  { ...{ what: 'a connection that took too long', error: { code: 'UND_ERR_CONNECT_TIMEOUT' } }, is: true },
  { ...{ what: 'a cause that is a reset', error: { cause: { code: 'ECONNRESET' } } }, is: true },
  { ...{ what: 'a cause that is nothing', error: { cause: null } }, is: false },
  { ...{ what: 'another code', error: { code: 'ENOENT' } }, is: false },
  { ...{ what: 'HTTP 500', error: { status: 500 } }, is: false },
  { ...{ what: 'null', error: null }, is: false },
  { ...{ what: 'undefined', error: undefined }, is: false },
  { ...{ what: 'text', error: 'busy' }, is: false },
])('isBackendRefusal() of $what: $is', ({ error, is }) => {
  expect(isBackendRefusal(error)).toBe(is)
})

it('isThrottledError() knows a throttle from other refusals and from what is no error', () => {
  const values = [ours('THROTTLED'), ours('TIMEOUT'), { code: 'THROTTLED' }, null]

  expect(values.map((value) => isThrottledError(value))).toEqual([true, false, false, false])
})
