import { describe, expect, it } from 'vitest'
import { anonymous, parseStackLine, type StackFrame } from './stack-frame.ts'
import { parseStack } from './stack-trace.ts'

type Row = readonly [line: string, frame: Partial<StackFrame>]

const v8: readonly Row[] = [
  [
    '    at charge (/app/src/pay.ts:12:34)',
    { functionName: 'charge', file: '/app/src/pay.ts', line: 12, column: 34 },
  ],
  [
    '    at async Cart.pay (file:///app/x.js:1:2)',
    { functionName: 'Cart.pay', file: 'file:///app/x.js', line: 1, column: 2 },
  ],
  [
    '    at new Cart (C:\\my app\\x (1).js:1:2)',
    { functionName: 'Cart', file: 'C:\\my app\\x (1).js', line: 1, column: 2 },
  ],
  ['    at Object.<anonymous> (/app/x.js:1:2)', { functionName: anonymous, file: '/app/x.js' }],
  ['    at /app/x.js:1:2', { functionName: anonymous, file: '/app/x.js', line: 1, column: 2 }],
  ['    at async file:///app/x.js:1:2', { functionName: anonymous, file: 'file:///app/x.js' }],
  [
    '    at process.run [as _tick] (node:internal/q:52:5)',
    { functionName: 'process.run', file: 'node:internal/q', line: 52 },
  ],
  ['    at Array.map (<anonymous>)', { functionName: 'Array.map', file: '', line: 0 }],
  [
    '    at eval (eval at go (/app/x.js:3:4), <anonymous>:1:1)',
    { functionName: 'eval', file: '/app/x.js', line: 3, column: 4 },
  ],
  ['    at async Promise.all (index 0)', { functionName: 'Promise.all', file: 'index 0' }],
  ['    at Function.f (native)', { functionName: 'Function.f', file: '', isNative: true }],
  [
    '    at r (webpack-internal:///./src/x.ts:5:6)',
    { functionName: 'r', file: 'webpack-internal:///./src/x.ts', line: 5 },
  ],
]

const others: readonly Row[] = [
  [
    'charge@https://x.y/app.js:12:34',
    { functionName: 'charge', file: 'https://x.y/app.js', line: 12, column: 34 },
  ],
  ['@https://x.y/app.js:12:34', { functionName: anonymous, file: 'https://x.y/app.js', line: 12 }],
  [
    'async*pay/<@https://x.y/a@b.js:1:2',
    { functionName: 'pay', file: 'https://x.y/a@b.js', line: 1, column: 2 },
  ],
  ['f@https://x.y/a.js line 3 > eval:1:1', { functionName: 'f', file: 'https://x.y/a.js', line: 3 }],
  ['forEach@[native code]', { functionName: 'forEach', file: '', isNative: true }],
  ['[native code]', { functionName: anonymous, file: '', isNative: true }],
  ['global code@file:///x.js:1:2', { functionName: 'global code', file: 'file:///x.js' }],
]

describe('parseStackLine()', () => {
  it.each(v8)('reads V8: %s', (line, frame) => {
    expect(parseStackLine(line)).toMatchObject(frame)
  })

  it.each(others)('reads Firefox and Safari: %s', (line, frame) => {
    expect(parseStackLine(line)).toMatchObject(frame)
  })

  it.each(['', 'Error: boom', 'at the end of the day', 'mail ada@example.com', 'x'.repeat(2_001), '    at'])(
    'takes %j for no frame',
    (line) => {
      expect(parseStackLine(line)).toBeUndefined()
    },
  )
})

describe('parseStack()', () => {
  it('reads a real stack', () => {
    const [frame] = parseStack(new Error('here').stack ?? '', 'here')

    expect(frame?.file).toContain('stack-trace.test.ts')
    expect(frame?.line).toBeGreaterThan(0)
  })

  it('is not misled by frames in the message', () => {
    const error = new Error('upstream said\n    at evil (/etc/x.js:1:1)')

    const frames = parseStack(error.stack ?? '', error.message)

    expect(frames.map(({ functionName }) => functionName)).not.toContain('evil')
  })

  it('reads 100 lines and no more', () => {
    const stack = `Error\n${'    at f (/x.js:1:1)\n'.repeat(500)}`

    expect(parseStack(stack).length).toBe(99)
  })
})
