import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizeMessage } from './normalize-message.ts'

describe('normalizeMessage()', () => {
  it.each([
    ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED <ip>'],
    ['connect ECONNREFUSED ::1:5432', 'connect ECONNREFUSED <ip>'],
    ['route to fe80::1ff:fe23:4567:890a lost', 'route to <ip> lost'],
    ['getaddrinfo ENOTFOUND api.stripe.com', 'getaddrinfo ENOTFOUND <hostname>'],
    ['GET https://x.y/z?id=3 failed with 503', 'GET <url> failed with <int>'],
    ['mail to bob.x+1@example.com bounced', 'mail to <email> bounced'],
    ['Order 7f9c24e8-3b12-4fef-91e0-4a1b2c3d4e5f is late', 'Order <uuid> is late'],
    ['commit da39a3ee5e6b4b0d3255bfef95601890afd80709', 'commit <sha1>'],
    ['etag d41d8cd98f00b204e9800998ecf8427e', 'etag <md5>'],
    ['at 2026-11-23T06:00:00.123Z it broke', 'at <date> it broke'],
    ['since 12:33:01', 'since <date>'],
    ['no answer after 1532ms', 'no answer after <duration>'],
    ['retry in 2.5 seconds', 'retry in <duration>'],
    ['address 0x7fff5fbff8a0, block deadbeef12', 'address <hex>, block <hex>'],
    ['ratio 0.25 of -12', 'ratio <float> of <int>'],
    ['name="Bob Smith" active=true', 'name=<quoted_str> active=<bool>'],
    ["User 'ada lovelace' not found", 'User <quoted_str> not found'],
    [
      "Cannot read properties of undefined (reading 'total')",
      "Cannot read properties of undefined (reading 'total')",
    ],
    ["we can't or won't do it", "we can't or won't do it"],
    ['utf8 in sha256 on http2', 'utf8 in sha256 on http2'],
    ['\n  first  \n\n second \n third', 'first second'],
    ['', ''],
  ])('%j becomes %j', (message, expected) => {
    expect(normalizeMessage(message)).toBe(expected)
  })

  it('looks at the first 400 characters', () => {
    expect(normalizeMessage('x'.repeat(10_000))).toBe('x'.repeat(400))
  })

  it('gives the same text for any number in its place', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        expect(normalizeMessage(`order ${String(a)} has ${String(b)} lines`)).toBe(
          'order <int> has <int> lines',
        )
      }),
    )
  })

  it('gives the same text for any UUID in its place', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(normalizeMessage(`order ${id} failed`)).toBe('order <uuid> failed')
      }),
    )
  })
})
