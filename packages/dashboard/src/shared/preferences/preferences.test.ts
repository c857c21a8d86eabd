import { describe, expect, it } from 'vitest'
import { createPreferences, parsePreferences } from './preferences.ts'

describe('parsePreferences()', () => {
  it('has defaults for nothing, for what is no JSON and for what is no object', () => {
    const defaults = { theme: 'system', name: '' }

    expect([null, '{', '"x"', '{"theme":"pink","name":7}'].map(parsePreferences)).toEqual([
      defaults,
      defaults,
      defaults,
      defaults,
    ])
  })

  it('reads what was stored', () => {
    expect(parsePreferences('{"theme":"dark","name":"Mara"}')).toEqual({ theme: 'dark', name: 'Mara' })
  })
})

describe('createPreferences()', () => {
  it('stores a change and tells its listeners', () => {
    const stored = new Map<string, string>()
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    }
    const preferences = createPreferences(() => storage)
    let told = 0
    preferences.subscribe(() => told++)

    preferences.set({ name: 'Mara' })

    expect(createPreferences(() => storage).get()).toEqual({ theme: 'system', name: 'Mara' })
    expect(told).toBe(1)
  })

  it('works where the browser refuses to store', () => {
    const preferences = createPreferences(() => {
      throw new Error('denied')
    })

    preferences.set({ theme: 'dark' })

    expect(preferences.get().theme).toBe('dark')
  })
})
