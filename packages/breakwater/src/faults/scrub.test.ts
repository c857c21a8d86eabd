import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScrubber } from './scrub.ts'

const scrubber = createScrubber()
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'

describe('Scrubber.text()', () => {
  it.each([
    ['an authorization header', 'authorization: Bearer abc.def-123', 'authorization: [redacted]'],
    [
      'an authorization header in JSON',
      '{"Authorization":"Basic YWxhZGRpbjpv"}',
      '{"Authorization":"[redacted]"}',
    ],
    ['a bearer token', 'sent Bearer sk12_4567890abc to x', 'sent Bearer [redacted] to x'],
    ['a basic token', 'got Basic YWxhZGRpbjpvcGVuc2VzYW1l', 'got Basic [redacted]'],
    ['a password', 'login failed: password=hunter2, user=bob', 'login failed: password=[redacted], user=bob'],
    ['a password in JSON', '{"dbPassword": "a\\"b c", "n": 1}', '{"dbPassword": "[redacted]", "n": 1}'],
    [
      'a password in JSON in a string',
      '"{\\"password\\":\\"abc def\\",\\"n\\":1}"',
      '"{\\"password\\":\\"[redacted]\\",\\"n\\":1}"',
    ],
    ['a key in a query', 'GET /x?api_key=abc123&page=2', 'GET /x?api_key=[redacted]&page=2'],
    ['a token in camel case', "refreshToken: 'abc'", "refreshToken: '[redacted]'"],
    ['cookies', 'Cookie: sid=abc; theme=dark\nnext line', 'Cookie: [redacted]\nnext line'],
    ['a JWT', `token was ${jwt}!`, 'token was [redacted]!'],
    ['a cut JWT', `${jwt.slice(0, 30)} ...`, '[redacted] ...'],
    [
      'user info in a URL',
      'connect postgres://app:s3cr@t@db:5432/x',
      'connect postgres://[redacted]@db:5432/x',
    ],
    ['a card number', 'card 4111 1111 1111 1111 declined', 'card [redacted] declined'],
    ['a card number with dashes', 'card 3782-822463-10005 declined', 'card [redacted] declined'],
    ['an AWS key', 'using AKIAIOSFODNN7EXAMPLE', 'using [redacted]'],
    ['a GitHub token', `push with ghp_${'a1'.repeat(18)}`, 'push with [redacted]'],
    [
      'a private key',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nrest',
      '[redacted]\nrest',
    ],
    ['a private key without end', 'x -----BEGIN PRIVATE KEY-----\nMIIE', 'x [redacted]'],
  ])('removes %s', (_, text, expected) => {
    expect(scrubber.text(text)).toBe(expected)
  })

  it.each([
    ['a UUID', 'order 123e4567-e89b-12d3-a456-426614174000'],
    ['a UUID of digits', 'order 41111111-1111-4111-8111-111111111111'],
    ['an order id', 'order 4111111111111112 not found'],
    ['a timestamp', 'at 1763880000000 and 2026-11-23T06:00:00.000Z'],
    ['prose about authentication', 'Basic authentication is required, bearer authentication too'],
    ['a count of tokens', 'maxTokens: 4096, tokens=12, token_type=x, tokenizer=bpe'],
    ['a URL with a port', 'connect http://127.0.0.1:5432/a@b'],
    ['a file and line', 'at charge (/app/src/payments.ts:12:34)'],
    ['an e-mail address', 'user ada@example.com not found'],
    ['a parse error', 'Unexpected token < in JSON at position 0'],
    ['a sum', 'total: 1234.56, limit=1000'],
  ])('leaves %s alone', (_, text) => {
    expect(scrubber.text(text)).toBe(text)
  })

  it('does the same thing when done twice', () => {
    const text = `password=hunter2 Cookie: a=b\nBearer abc12345678 ${jwt} https://u:p@h/`

    const once = scrubber.text(text)

    expect(scrubber.text(once)).toBe(once)
  })

  it('takes more keys and patterns', () => {
    const own = createScrubber({ keys: ['iban'], patterns: [/\bCUST-\d+/] })

    expect(own.text('customer_iban=DE1234 of CUST-1 and CUST-2')).toBe(
      'customer_iban=[redacted] of [redacted] and [redacted]',
    )
  })

  it('keeps no secret value under a secret key, whatever the value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/=_.-]{8,40}$/), (secret) => {
        expect(scrubber.text(`{"password":"${secret}"} x-api-key: ${secret}`)).not.toContain(secret)
      }),
    )
  })

  it.each([
    ['one letter', 'a'],
    ['quotes', '"'],
    ['key separators', 'a='],
    ['dots and words', 'a.b-'],
    ['digits', '4 '],
    ['schemes', 'bearer '],
    ['key headers', '-----BEGIN PRIVATE KEY-----'],
    ['URL heads', 'a://'],
    ['JWT heads', 'eyJaaaaaaa.'],
    ['backslashes', 'password="\\'],
  ])(
    'takes time in proportion to the length of %s',
    (_, unit) => {
      const text = unit.repeat(Math.ceil(200_000 / unit.length))

      const scrubbed = scrubber.text(text)

      expect(typeof scrubbed).toBe('string')
    },
    2_000,
  )
})

describe('Scrubber.isSecretKey()', () => {
  it.each([
    'password',
    'DB_PASSWORD',
    'x-api-key',
    'Set-Cookie',
    'clientSecret',
    'access_token',
    'pin',
    'privateKey',
  ])('holds for %s', (key) => {
    expect(scrubber.isSecretKey(key)).toBe(true)
  })

  it.each(['user', 'tokens', 'tokenType', 'shipping', 'author', 'pinned', 'passenger', 'secretary', ''])(
    'does not hold for %s',
    (key) => {
      expect(scrubber.isSecretKey(key)).toBe(false)
    },
  )
})
