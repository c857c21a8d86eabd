import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stablePath } from './culprit.ts'
import { fingerprint } from './fingerprint.ts'
import { hashText } from './hash-text.ts'

describe('fingerprint()', () => {
  it('is the same for the same problem on another machine, at another line, with other values', () => {
    const here = failure('Order 4711 failed', '    at charge (/app/src/payments.ts:12:34)')
    const there = failure('Order 12 failed', '    at charge (file:///home/ada/shop/src/payments.ts?v=2:99:1)')

    expect(fingerprint(here)).toEqual(fingerprint(there))
  })

  it('says what it is made of', () => {
    const error = Object.assign(failure('Order 4711 failed', '    at charge (/app/src/payments.ts:12:34)'), {
      code: 'E_X',
    })

    expect(fingerprint(error)).toMatchObject({
      fingerprint: expect.stringMatching(/^[\da-f]{16}$/) as string,
      groupedBy: 'type + code + message + frame',
      name: 'Error',
      message: 'Order <int> failed',
      culprit: 'charge (src/payments.ts)',
    })
  })

  it.each([
    ['the name', Object.assign(failure('x', frame), { name: 'OtherError' })],
    ['the code', Object.assign(failure('x', frame), { code: 'E_X' })],
    ['the status', Object.assign(failure('x', frame), { status: 503 })],
    ['the message', failure('y', frame)],
    ['the function', failure('x', frame.replace('charge', 'refund'))],
    ['the file', failure('x', frame.replace('payments', 'refunds'))],
    ['the code of a cause', new Error('x', { cause: Object.assign(new Error('z'), { code: 'ECONNRESET' }) })],
  ])('is another one when %s differs', (_, error) => {
    expect(fingerprint(error).fingerprint).not.toBe(fingerprint(failure('x', frame)).fingerprint)
  })

  it("takes the first frame of the application's own code as culprit", () => {
    const error = failure(
      'x',
      '    at node:internal/process/task_queues:95:5\n    at Client.query (/app/node_modules/pg/lib/client.js:1:1)\n' +
        '    at Array.map (<anonymous>)\n    at async charge (/app/src/payments.ts:12:34)',
    )

    expect(fingerprint(error).culprit).toBe('charge (src/payments.ts)')
  })

  it("takes no frame of this library for the application's", () => {
    const own = fingerprint.toString().length > 0 ? new URL('fingerprint.ts', import.meta.url).href : ''
    const error = failure('x', `    at run (${own}:1:1)\n    at charge (/app/src/payments.ts:12:34)`)

    expect(fingerprint(error).culprit).toBe('charge (src/payments.ts)')
  })

  it('scrubs before it looks at the message', () => {
    const scrub = (text: string): string => text.replace(/secret\w+/, '[redacted]')

    expect(fingerprint(new Error('got secretABC'), { scrub }).message).toBe('got [redacted]')
  })

  it('never throws, and always gives 16 hex digits', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(fingerprint(value).fingerprint).toMatch(/^[\da-f]{16}$/)
      }),
    )
    expect(fingerprint(hostile()).fingerprint).toMatch(/^[\da-f]{16}$/)
  })
})

describe('stablePath()', () => {
  it.each([
    ['/app/src/payments.ts', 'src/payments.ts'],
    ['file:///home/x/app/packages/a/src/api/pay.ts', 'src/api/pay.ts'],
    ['C:\\work\\shop\\dist\\api\\pay.js', 'dist/api/pay.js'],
    ['https://cdn.example.com/assets/main.3f2a9c1b.js', 'assets/main.js'],
    ['webpack-internal:///./src/x.ts', 'src/x.ts'],
    ['/srv/shop/server.js', 'shop/server.js'],
    ['server.js', 'server.js'],
  ])('%s becomes %s', (file, path) => {
    expect(stablePath(file)).toBe(path)
  })
})

describe('hashText()', () => {
  it('gives 16 hex digits that are the same in each run', () => {
    expect(hashText('')).toMatch(/^[\da-f]{16}$/)
    expect(hashText('breakwater')).toBe(hashText('breakwater'))
  })

  it('has no collision among 200,000 similar texts, in the whole or in either half', () => {
    const hashes = Array.from({ length: 200_000 }, (_, i) =>
      hashText(`Error|ECONNRESET|order ${String(i)}|f (x.ts)`),
    )

    expect(new Set(hashes).size).toBe(200_000)
    expect(new Set(hashes.map((hash) => hash.slice(0, 8))).size).toBeGreaterThan(199_980)
    expect(new Set(hashes.map((hash) => hash.slice(8))).size).toBeGreaterThan(199_980)
  })
})

const frame = '    at charge (/app/src/payments.ts:12:34)'

function failure(message: string, frames: string): Error {
  return Object.assign(new Error(message), { stack: `Error: ${message}\n${frames}` })
}

function hostile(): unknown {
  const bomb = (): never => {
    throw new Error('trap')
  }
  return new Proxy(new Error('x'), { get: bomb, has: bomb, ownKeys: bomb, getPrototypeOf: bomb })
}
