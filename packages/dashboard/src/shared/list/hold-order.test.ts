import { describe, expect, it } from 'vitest'
import { holdOrder } from './hold-order.ts'

interface Row {
  readonly id: string
  readonly count: number
}

const idOf = (row: Row): string => row.id

describe('holdOrder()', () => {
  it('keeps each row in its place and renews its figures', () => {
    const held = [row('a', 1), row('b', 2)]

    expect(holdOrder(held, [row('b', 9), row('a', 5)], idOf).rows).toEqual([row('a', 5), row('b', 9)])
  })

  it('counts rows that are new instead of showing them', () => {
    const list = holdOrder([row('a', 1)], [row('new', 7), row('a', 1), row('newer', 3)], idOf)

    expect(list.fresh).toBe(2)
    expect(list.rows).toEqual([row('a', 1)])
  })

  it('keeps the last figures of a row that is gone', () => {
    expect(holdOrder([row('a', 1), row('b', 2)], [row('b', 3)], idOf).rows).toEqual([
      row('a', 1),
      row('b', 3),
    ])
  })
})

function row(id: string, count: number): Row {
  return { id, count }
}
