import { describe, expect, it } from 'vitest'
import { authentication } from './authentication.ts'
import { rateLimiting } from './rate-limiting.ts'
import { transientErrors } from './transient-errors.ts'

/** An error of a class that has a name, which is nowhere else. */
function ofClass(name: string): object {
  return { constructor: { name } }
}

const transient = transientErrors()
const limited = rateLimiting()
const denied = authentication({ refresh: () => undefined })

describe('the rules for errors by name', () => {
  it.each([
    ['ConnectionError', transient],
    ['TimeoutError', transient],
    ['TIMEOUT', transient],
    ['ECONNREFUSED', transient],
    ['ECONNRESET', transient],
    ['ECONNABORTED', transient],
    ['EPIPE', transient],
    ['ETIMEDOUT', transient],
    ['EAI_AGAIN', transient],
    ['UND_ERR_SOCKET', transient],
    ['UND_ERR_CONNECT_TIMEOUT', transient],
    ['UND_ERR_HEADERS_TIMEOUT', transient],
    ['UND_ERR_BODY_TIMEOUT', transient],
    ['RateLimitError', limited],
    ['TooManyRequestsError', limited],
    ['ThrottlingException', limited],
    ['ThrottledException', limited],
    ['RESOURCE_EXHAUSTED', limited],
    ['AuthenticationError', denied],
    ['TokenExpiredError', denied],
    ['ExpiredTokenException', denied],
    ['UNAUTHENTICATED', denied],
  ])('mean %s as a name, as a code and as the name of a class, and no other rule does', (name, rule) => {
    const errors = [{ name }, { code: name }, ofClass(name)]
    const others = [transient, limited, denied].filter((other) => other !== rule)

    expect(errors.map(rule.matches)).toEqual([true, true, true])
    expect(others.flatMap(({ matches }) => errors.map(matches))).toEqual(Array(6).fill(false))
  })

  it('look at a cause for broken connections only', () => {
    const causes = [{ cause: { code: 'EPIPE' } }, { cause: { code: 'UNAUTHENTICATED' } }]

    expect([transient, limited, denied].map(({ matches }) => causes.map(matches))).toEqual([
      [true, false],
      [false, false],
      [false, false],
    ])
  })

  it.each([
    [{ status: 401 }, [false, false, true]],
    [{ statusCode: 429 }, [false, true, false]],
    [{ response: { status: 503 } }, [true, false, false]],
    [{ $metadata: { httpStatusCode: 503 } }, [true, false, false]],
    [{ status: 404, code: 'EPIPE' }, [false, false, false]],
    [{ status: 200, code: 'EPIPE' }, [true, false, false]],
    [{ status: 600, code: 'EPIPE' }, [true, false, false]],
    [{ status: 399, code: 'EPIPE' }, [true, false, false]],
    [{ status: 400, code: 'EPIPE' }, [false, false, false]],
    [{}, [false, false, false]],
    [undefined, [false, false, false]],
  ])('of transient, limited and denied %o is %o', (error, expected) => {
    expect([transient, limited, denied].map(({ matches }) => matches(error))).toEqual(expected)
  })
})
