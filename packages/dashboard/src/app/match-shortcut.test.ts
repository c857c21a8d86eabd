import { describe, expect, it } from 'vitest'
import { matchShortcut } from './match-shortcut.ts'

describe('matchShortcut()', () => {
  it('opens a view with g and its key', () => {
    expect(matchShortcut('s', 'g', true)).toEqual({ action: 'open', to: { view: 'services', service: null } })
  })

  it('does not open the lab where there is none', () => {
    expect(matchShortcut('l', 'g', false)).toBeUndefined()
  })

  it('waits after g', () => {
    expect(matchShortcut('g', '', true)).toEqual({ action: 'wait' })
  })

  it('takes a key that opens nothing for itself', () => {
    expect(matchShortcut('/', 'g', true)).toEqual({ action: 'search' })
  })

  it('knows no key by a name that objects have of their own', () => {
    expect(matchShortcut('constructor', '', true)).toBeUndefined()
  })
})
