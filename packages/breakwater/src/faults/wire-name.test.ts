import { describe, expect, it } from 'vitest'
import { wireName } from './wire-name.ts'

describe('wireName()', () => {
  it.each([
    ['payments.charge', 'payments.charge'],
    ['', '(empty)'],
    ['__proto__', '(__proto__)'],
    ['a\u0000b\nc\u007f', 'a b c '],
    ['\ud800x', '\ufffdx'],
    [`${'x'.repeat(199)}😀`, `${'x'.repeat(199)}\ufffd`],
  ])('%j becomes %j', (text, name) => {
    expect(wireName(text)).toBe(name)
  })
})
