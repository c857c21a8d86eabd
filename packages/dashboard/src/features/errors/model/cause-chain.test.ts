import type { SerializedError } from 'breakwater/protocol'
import { describe, expect, it } from 'vitest'
import { causeChain } from './cause-chain.ts'

describe('causeChain()', () => {
  it('lists members before the cause, each one deeper', () => {
    const error: SerializedError = {
      ...named('outer'),
      errors: [named('member')],
      cause: { ...named('cause'), cause: named('root') },
    }

    expect(causeChain(error).map(({ error: { name }, depth, relation }) => [name, depth, relation])).toEqual([
      ['outer', 0, 'thrown'],
      ['member', 1, 'member'],
      ['cause', 1, 'cause'],
      ['root', 2, 'cause'],
    ])
  })

  it('stops after 40 errors', () => {
    const error = { ...named('outer'), errors: Array.from({ length: 100 }, () => named('member')) }

    expect(causeChain(error)).toHaveLength(40)
  })
})

function named(name: string): SerializedError {
  return { name, message: '' }
}
