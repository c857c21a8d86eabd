import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyRegistry, type Registered } from './key-registry.ts'

class Entry implements Registered<Entry> {
  readonly name: string
  usedAt = 0
  isPinned = false
  older: Entry | undefined = undefined
  newer: Entry | undefined = undefined

  constructor(name: string) {
    this.name = name
  }
}

function registry(maxKeys: number, idleMs = 10_000): { keys: KeyRegistry<Entry>; gone: string[] } {
  const gone: string[] = []
  const keys = new KeyRegistry<Entry>({
    ...{ maxKeys, idleMs, make: (key) => new Entry(key) },
    left: ({ name }) => gone.push(name),
  })
  return { keys, gone }
}

function use(keys: KeyRegistry<Entry>, names: string, now = 0): (Entry | undefined)[] {
  return [...names].map((name) => keys.use(name, now))
}

/** A registry whose entries use other keys while they are made, once each. */
function reentrant(
  maxKeys: number,
  wanted: Map<string, string>,
): { keys: KeyRegistry<Entry>; gone: string[] } {
  const gone: string[] = []
  const keys: KeyRegistry<Entry> = new KeyRegistry<Entry>({
    ...{ maxKeys, idleMs: 10_000, left: ({ name }: Entry) => gone.push(name) },
    make: (key) => {
      const other = wanted.get(key)
      wanted.delete(key)
      if (other !== undefined) keys.use(other, 0)
      return new Entry(key)
    },
  })
  return { keys, gone }
}

describe('KeyRegistry', () => {
  it('never has more keys than it may when one is used while another is made', () => {
    const { keys } = reentrant(1, new Map([['a', 'b']]))

    const made = keys.use('a', 0)

    expect([keys.size, keys.peek('a') === made, keys.peek('b')]).toEqual([1, true, undefined])
  })

  it('has one entry of a key that is used while it is made', () => {
    const { keys, gone } = reentrant(2, new Map([['a', 'a']]))

    const made = keys.use('a', 0)
    const again = keys.use('a', 0)
    use(keys, 'bcd')

    expect([made === again, keys.size, gone]).toEqual([true, 2, ['a', 'b']])
  })

  it('the key used least recently makes room', () => {
    const { keys, gone } = registry(3)

    use(keys, 'abcad')

    expect([gone, keys.size]).toEqual([['b'], 3])
  })

  it.each([
    [10_999, []],
    [11_000, ['a']],
  ])('a key used at 0 has left by %i ms, as whole seconds tell: %j', (now, expected) => {
    const { keys, gone } = registry(3)
    use(keys, 'a')

    use(keys, 'b', now)

    expect(gone).toEqual(expected)
  })

  it.each([
    [10_999, []],
    [11_000, ['a']],
  ])('a pinned key used at 0 has left by %i ms: %j', (now, expected) => {
    const { keys, gone } = registry(3)
    const [pinned] = use(keys, 'a')
    if (pinned !== undefined) keys.pin(pinned, true)

    use(keys, 'b', now)

    expect(gone).toEqual(expected)
  })

  it('gives the pinned keys that were used least recently, as many as are asked for', () => {
    const { keys } = registry(4)
    for (const entry of use(keys, 'abcd')) if (entry?.name !== 'b' && entry) keys.pin(entry, true)

    const [two, four] = [keys.allPinned(2), keys.allPinned(4)]

    expect([two, four].map((found) => found.map(({ name }) => name))).toEqual([
      ['a', 'c'],
      ['a', 'c', 'd'],
    ])
  })

  it('a key that is pinned already keeps its place among them', () => {
    const { keys } = registry(2)
    const entries = use(keys, 'ab')
    for (const entry of entries) if (entry !== undefined) keys.pin(entry, true)

    if (entries[0] !== undefined) keys.pin(entries[0], true)

    expect(keys.allPinned(2)).toEqual(entries)
  })

  it('a pinned key makes no room, and leaves when it is not used', () => {
    const { keys, gone } = registry(2)
    const [pinned] = use(keys, 'a')
    if (pinned !== undefined) keys.pin(pinned, true)

    use(keys, 'bcd')
    const before = [...gone]
    use(keys, 'd', 11_000)

    expect([before, gone]).toEqual([
      ['b', 'c'],
      ['b', 'c', 'd', 'a'],
    ])
  })

  it('has no room when all keys are pinned, and has again when one is not', () => {
    const { keys } = registry(2)
    const entries = use(keys, 'ab')
    entries.forEach((entry) => entry !== undefined && keys.pin(entry, true))
    const whenFull = keys.use('c', 0)

    if (entries[0] !== undefined) keys.pin(entries[0], false)

    expect([whenFull, keys.use('c', 0)?.name, keys.peek('a')]).toEqual([undefined, 'c', undefined])
  })

  it('an entry that has left is not pinned any more', () => {
    const { keys } = registry(1)
    const [gone] = use(keys, 'a')
    use(keys, 'b')

    if (gone !== undefined) keys.pin(gone, true)

    expect([keys.pinned, keys.size]).toEqual([0, 1])
  })

  it('is what a list ordered by age would be, whatever happens', () => {
    const command = fc.record({
      kind: fc.constantFrom('use', 'use', 'pin', 'loosen'),
      key: fc.constantFrom(...'abcdefg'),
    })
    const property = fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(command, { maxLength: 60 }),
      (max, commands) => {
        const { keys } = registry(max)
        let model: { name: string; isPinned: boolean }[] = []
        const expected: boolean[] = []
        const seen = commands.map(({ kind, key }) => {
          const known = model.find(({ name }) => name === key)
          const entry = kind === 'use' ? keys.use(key, 0) : keys.peek(key)
          if (kind !== 'use') {
            if (entry !== undefined) keys.pin(entry, kind === 'pin')
            // A key whose kind changes goes to the young end of its list.
            if (known !== undefined && known.isPinned !== (kind === 'pin')) {
              model = [...model.filter((one) => one !== known), { name: key, isPinned: kind === 'pin' }]
            }
            expected.push(known !== undefined)
            return entry !== undefined
          }
          const loose = model.find(({ isPinned }) => !isPinned)
          const isFull = known === undefined && model.length >= max
          if (known !== undefined) model = [...model.filter((one) => one !== known), known]
          else if (!isFull || loose !== undefined)
            model = [...model.filter((one) => !isFull || one !== loose), { name: key, isPinned: false }]
          expected.push(known !== undefined || !isFull || loose !== undefined)
          return entry !== undefined
        })

        expect(seen).toEqual(expected)
        expect([keys.size, keys.pinned]).toEqual([
          model.length,
          model.filter(({ isPinned }) => isPinned).length,
        ])
      },
    )

    fc.assert(property, { numRuns: 500 })
  })
})
