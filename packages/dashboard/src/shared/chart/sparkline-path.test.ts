import { describe, expect, it } from 'vitest'
import { sparklinePath } from './sparkline-path.ts'

describe('sparklinePath()', () => {
  it('draws the highest count over the whole height and none for zero', () => {
    expect(sparklinePath([0, 4], { width: 20, height: 10 })).toBe('M10 10v-10h9.5v10z')
  })

  it('draws a count that is small beside others at least one pixel high', () => {
    expect(sparklinePath([1, 1_000], { width: 20, height: 10 })).toContain('M0 10v-1h')
  })

  it('is empty without counts', () => {
    expect(sparklinePath([], { width: 20, height: 10 })).toBe('')
  })
})
