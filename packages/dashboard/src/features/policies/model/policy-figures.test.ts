import { describe, expect, it } from 'vitest'
import { figureWords } from './policy-figures.ts'

describe('figureWords()', () => {
  it('writes names as words and leaves out zeros', () => {
    expect(figureWords({ succeededAfterRetry: 1_234, exhausted: 0, tokens: 12.5 })).toBe(
      'succeeded after retry 1,234, tokens 12.50',
    )
  })

  it('takes the unit out of the name', () => {
    expect(figureWords({ limitMs: 400 })).toBe('limit 400 ms')
  })

  it('is empty without figures', () => {
    expect(figureWords({})).toBe('')
  })
})
