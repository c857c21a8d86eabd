import { describe, expect, it } from 'vitest'
import { BulkheadFullError } from '../bulkhead/bulkhead-errors.ts'
import { CircuitOpenError } from '../circuit-breaker/circuit-breaker-errors.ts'
import { classify } from '../faults/classify.ts'
import { DeadlineExceededError, TimeoutError } from '../timeout/timeout-errors.ts'
import { retryByClassification } from './retry-by-classification.ts'
import { isRetryable, neverLeft } from './retryable.ts'

const ours = { operation: 'a', policy: 'timeout', limitMs: 5, scope: 'attempt' } as const
const refused = { code: 'ECONNREFUSED' }
const full = { policy: 'db', limit: 1, queued: 0, reason: 'full', waitedMs: 0 } as const

describe('isRetryable() of further errors', () => {
  it.each([
    ['a timeout of ours', new TimeoutError(ours), true],
    ['an open circuit that the work ran into', new CircuitOpenError('db', 'failures', 5), false],
    ['a full bulkhead that the work ran into', new BulkheadFullError(full), false],
    ['that no time was left to a caller', new DeadlineExceededError('a', 'timeout'), false],
    ['the status of a response', { response: { status: 404 } }, false],
    ['the status of an AWS error', { $metadata: { httpStatusCode: 503 } }, true],
    ['a hint that says no', { retryable: false }, false],
    ['a hint of the AWS SDK', { $retryable: { throttling: true } }, true],
  ])('%s', (_, error, expected) => {
    expect(isRetryable(error)).toBe(expected)
  })

  it.each([400, 401, 403, 404, 408, 409, 412, 422, 425, 429, 500, 501, 502, 503, 504, 505])(
    'agrees with the classification of status %i',
    (status) => {
      expect(isRetryable({ status })).toBe(classify({ status }).retryability === 'retryable')
    },
  )
})

describe('retryByClassification()', () => {
  it.each([
    ['ECONNRESET', true],
    ['CERT_HAS_EXPIRED', false],
    ['40001', true],
    ['23505', false],
    ['UNAVAILABLE', true],
    ['UNAUTHENTICATED', false],
  ])('knows code %s: %s', (code, expected) => {
    expect(retryByClassification()(Object.assign(new Error('broken'), { code }))).toBe(expected)
  })

  it('asks the rules of the application first', () => {
    const flaky = { name: 'flaky', matches: () => true, retryability: 'retryable' } as const

    expect(retryByClassification([flaky])({ status: 404 })).toBe(true)
  })
})

describe('neverLeft() of further errors', () => {
  it.each([
    ['a time-out while connecting', { code: 'ETIMEDOUT', syscall: 'connect' }, true],
    ['no way to the host while connecting', { code: 'EHOSTUNREACH', syscall: 'connect' }, true],
    ['no way to the host while reading', { code: 'EHOSTUNREACH', syscall: 'read' }, false],
    ['status 425', { status: 425 }, true],
    ['status 421', { status: 421 }, true],
    ['status 429', { status: 429 }, false],
    ['status 503', { status: 503 }, false],
    ['a status with a refused connection behind it', { status: 502, cause: refused }, false],
    [
      'a refused HTTP/2 stream',
      { code: 'ERR_HTTP2_STREAM_ERROR', message: 'Stream closed with error code NGHTTP2_REFUSED_STREAM' },
      true,
    ],
    [
      'a broken HTTP/2 stream',
      { code: 'ERR_HTTP2_STREAM_ERROR', message: 'Stream closed with error code NGHTTP2_INTERNAL_ERROR' },
      false,
    ],
    ['several addresses, all refused', { errors: [refused, { code: 'ENOTFOUND' }] }, true],
    ['several addresses, one reset', { errors: [refused, { code: 'ECONNRESET' }] }, false],
    ['no address', { errors: [] }, false],
    ['an error with a code of its own', { code: 'HALF_DONE', cause: refused }, false],
    ['a cause of a cause', { cause: { cause: refused } }, true],
    ['a circuit that the work ran into', new CircuitOpenError('db', 'failures', 5), false],
  ])('%s', (_, error, expected) => {
    expect(neverLeft(error)).toBe(expected)
  })

  it('follows no ring of causes', () => {
    const ring: { cause?: unknown } = {}
    ring.cause = ring

    expect(neverLeft(ring)).toBe(false)
  })
})
