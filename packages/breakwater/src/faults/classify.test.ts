import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FaultCategory, Retryability } from '../protocol/index.ts'
import type { ClassificationRule } from './classification.ts'
import { classify, isAbort } from './classify.ts'
import { ResilienceError } from './resilience-error.ts'

type Row = readonly [
  title: string,
  error: unknown,
  category: FaultCategory,
  retryability: Retryability,
  by: string,
]

const rows: readonly Row[] = [
  ['ECONNREFUSED', coded('ECONNREFUSED'), 'technical/network', 'retryable', 'node:ECONNREFUSED'],
  ['EAI_AGAIN', coded('EAI_AGAIN'), 'technical/network', 'retryable', 'node:EAI_AGAIN'],
  [
    'an undici timeout',
    coded('UND_ERR_HEADERS_TIMEOUT'),
    'technical/network',
    'retryable',
    'node:UND_ERR_HEADERS_TIMEOUT',
  ],
  ['EMFILE', coded('EMFILE'), 'technical/system', 'after-action', 'node:EMFILE'],
  ['ENOSPC', coded('ENOSPC'), 'technical/system', 'not-retryable', 'node:ENOSPC'],
  [
    'an expired certificate',
    coded('CERT_HAS_EXPIRED'),
    'technical/security',
    'not-retryable',
    'node:CERT_HAS_EXPIRED',
  ],
  ['HTTP 400', { status: 400 }, 'business/validation', 'not-retryable', 'http:400'],
  ['HTTP 401', { statusCode: 401 }, 'technical/security', 'after-action', 'http:401'],
  ['HTTP 403 in response', { response: { status: 403 } }, 'technical/security', 'after-action', 'http:403'],
  ['HTTP 404', { status: 404 }, 'business/validation', 'not-retryable', 'http:404'],
  ['HTTP 408', { status: 408 }, 'technical/dependency', 'retryable', 'http:408'],
  ['HTTP 409', { status: 409 }, 'business/conflict', 'after-action', 'http:409'],
  ['HTTP 425', { status: 425 }, 'technical/dependency', 'retryable', 'http:425'],
  ['HTTP 429', { status: 429 }, 'technical/dependency', 'retryable', 'http:429'],
  ['HTTP 500', { status: 500 }, 'technical/dependency', 'retryable', 'http:500'],
  ['HTTP 501', { status: 501 }, 'technical/dependency', 'not-retryable', 'http:501'],
  ['HTTP 503 as text', { status: '503' }, 'technical/dependency', 'retryable', 'http:503'],
  ['HTTP 505', { status: 505 }, 'technical/dependency', 'not-retryable', 'http:505'],
  ['a unique violation', coded('23505'), 'business/conflict', 'not-retryable', 'sql:23505'],
  ['a serialization failure', coded('40001'), 'business/conflict', 'retryable', 'sql:40001'],
  ['too many connections', coded('53300'), 'technical/dependency', 'retryable', 'sql:53300'],
  ['an SQL syntax error', coded('42601'), 'technical/system', 'not-retryable', 'sql:42601'],
  [
    'SQLITE_BUSY_SNAPSHOT',
    coded('SQLITE_BUSY_SNAPSHOT'),
    'business/conflict',
    'retryable',
    'sqlite:SQLITE_BUSY_SNAPSHOT',
  ],
  ['gRPC 14', { code: 14, details: 'x' }, 'technical/dependency', 'retryable', 'grpc:UNAVAILABLE'],
  [
    'gRPC by name',
    coded('PERMISSION_DENIED'),
    'technical/security',
    'after-action',
    'grpc:PERMISSION_DENIED',
  ],
  ['a number that is no gRPC status', { code: 14, message: 'x' }, 'technical/system', 'retryable', 'default'],
  [
    'a timeout by name',
    new DOMException('late', 'TimeoutError'),
    'technical/dependency',
    'retryable',
    'timeout',
  ],
  [
    'our open circuit',
    rejection('CIRCUIT_OPEN'),
    'technical/dependency',
    'retryable',
    'breakwater:CIRCUIT_OPEN',
  ],
  [
    'our spent budget',
    rejection('RETRY_BUDGET_EXHAUSTED'),
    'technical/dependency',
    'not-retryable',
    'breakwater:RETRY_BUDGET_EXHAUSTED',
  ],
  [
    'a TypeError',
    new TypeError('x is not a function'),
    'technical/system',
    'not-retryable',
    'name:TypeError',
  ],
  [
    'a ValidationError',
    named('ValidationError'),
    'business/validation',
    'not-retryable',
    'name:ValidationError',
  ],
  [
    'an error that says it can be retried',
    { retryable: true, message: 'x' },
    'technical/dependency',
    'retryable',
    'hint',
  ],
  [
    'an error that says it cannot',
    { retriable: false, message: 'x' },
    'technical/dependency',
    'not-retryable',
    'hint',
  ],
  ['words', new Error('socket hang up'), 'technical/network', 'retryable', 'message:connection'],
  ['a plain error', new Error('boom'), 'technical/system', 'retryable', 'default'],
  ['undefined', undefined, 'technical/system', 'retryable', 'default'],
]

describe('classify()', () => {
  it.each(rows)('knows %s', (_, error, category, retryability, matchedBy) => {
    expect(classify(error)).toMatchObject({ category, retryability, matchedBy })
  })

  it('knows a refused connection as Node makes it', async () => {
    const [error] = (await once(connect(9, '127.0.0.1'), 'error').catch((reason: unknown) => [reason])) as [
      unknown,
    ]

    expect(classify(error).matchedBy).toBe('node:ECONNREFUSED')
  })

  it('knows a failed fetch by its cause', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))

    const error: unknown = await fetch(`http://127.0.0.1:${String(port)}/`).catch((reason: unknown) => reason)

    expect(error).toBeInstanceOf(TypeError)
    expect(classify(error).category).toBe('technical/network')
  })

  it('knows a violated constraint as node:sqlite makes it', () => {
    const database = new DatabaseSync(':memory:')
    database.exec(
      "create table t (id integer primary key, name text unique) strict; insert into t values (1, 'a')",
    )
    const insert = (): unknown => database.exec("insert into t values (2, 'a')")

    expect(classify(thrownBy(insert))).toMatchObject({
      category: 'business/conflict',
      retryability: 'not-retryable',
    })
  })

  it('looks into causes and members when the error itself says nothing', () => {
    const cause = new Error('outer', { cause: new Error('middle', { cause: coded('ECONNRESET') }) })
    const aggregate = new AggregateError([new Error('a'), coded('ETIMEDOUT')], 'all failed')

    expect(classify(cause).matchedBy).toBe('node:ECONNRESET')
    expect(classify(aggregate).matchedBy).toBe('node:ETIMEDOUT')
  })

  it('does not call an abort a fault, also one wrapped in another error', () => {
    const abort = new DOMException('stop', 'AbortError')

    expect(isAbort(classify(abort))).toBe(true)
    expect(isAbort(classify(new Error('call failed', { cause: abort })))).toBe(true)
    expect(isAbort(classify(rejection('HEDGE_LOST')))).toBe(true)
    expect(isAbort(classify(new Error('call failed')))).toBe(false)
  })

  it("asks the user's rules first and fills in what they leave out", () => {
    const rule: ClassificationRule = {
      name: 'declined',
      matches: ({ code }) => code === 'ECONNRESET',
      severity: 'low',
    }

    expect(classify(new Error('x', { cause: coded('ECONNRESET') }), [rule])).toEqual({
      category: 'technical/network',
      severity: 'low',
      retryability: 'retryable',
      matchedBy: 'declined',
    })
  })

  it('goes on when a rule throws', () => {
    const broken: ClassificationRule = { name: 'broken', matches: fail }

    expect(classify(coded('EPIPE'), [broken]).matchedBy).toBe('node:EPIPE')
  })

  it('ends for causes in a circle', () => {
    const a = new Error('a')
    a.cause = new Error('b', { cause: a })

    expect(classify(a).matchedBy).toBe('default')
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (value) => void classify(value)))
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(classify(proxy).matchedBy).toBe('default')
  })
})

function coded(code: string): Error {
  return Object.assign(new Error('failed'), { code })
}

function named(name: string): Error {
  return Object.assign(new Error('failed'), { name })
}

function rejection(code: string): ResilienceError {
  return new ResilienceError('Refused', { code })
}

function fail(): never {
  throw new Error('rule')
}

function thrownBy(fn: () => unknown): unknown {
  try {
    return fn()
  } catch (error) {
    return error
  }
}
