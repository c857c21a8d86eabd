import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { nextMacrotask } from '../clock/macrotask.ts'
import { CallPool, type Placed } from './call-pool.ts'

/** Calls with a place of their own, and after those the loose ones. */
const placed = 1_024
const mostLoose = 16_384

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function scene() {
  let made = 0
  const pool: CallPool<Placed> = new CallPool((place) => ({ place, serial: made++ }))
  const takeMany = (count: number): Placed[] => Array.from({ length: count }, () => pool.take())
  const crowd = (count: number): void => takeMany(count).forEach((call) => pool.put(call))
  return { pool, takeMany, crowd, made: () => made }
}

describe('CallPool', () => {
  it('gives a call that came back', () => {
    const { pool, made } = scene()
    const call = pool.take()
    pool.put(call)

    expect([pool.take() === call, made()]).toEqual([true, 1])
  })

  it.each([1, placed, placed + 1, placed + mostLoose])('finds a crowd of %i again', (count) => {
    const { takeMany, crowd, made } = scene()
    crowd(count)
    const again = takeMany(count)

    expect([new Set(again).size, made()]).toEqual([count, count])
  })

  it('gives no call twice while it is under way, whatever comes back in between', () => {
    const { pool, takeMany } = scene()
    const first = takeMany(placed + 10)
    first.filter((_, index) => index % 2 === 1).forEach((call) => pool.put(call))
    const underWay = [...first.filter((_, index) => index % 2 === 0), ...takeMany(placed)]

    expect(new Set(underWay).size).toBe(underWay.length)
  })

  it('keeps so many and no more', () => {
    const { takeMany, crowd, made } = scene()
    const most = placed + mostLoose
    crowd(most + 5)
    takeMany(most + 5)

    expect(made()).toBe(most + 10)
  })

  it('does not give a call again that was replaced', () => {
    const { pool, takeMany } = scene()
    const crowd = takeMany(placed + 2)
    const spoilt = [crowd[0], crowd.at(-1)]
    crowd.forEach((call) => (spoilt.includes(call) ? pool.replace(call) : pool.put(call)))
    const again = takeMany(placed + 2)

    expect(again.filter((call) => spoilt.includes(call))).toEqual([])
  })

  it('holds nothing but the placed ones once memory is collected', async () => {
    const { takeMany, crowd, made } = scene()
    crowd(placed + 100)
    await nextMacrotask()
    collect()
    takeMany(placed + 100)

    expect(made()).toBe(placed + 200)
  })
})
