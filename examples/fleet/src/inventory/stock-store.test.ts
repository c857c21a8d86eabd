import { expect, test } from 'vitest'
import { openStockStore } from './stock-store.ts'

test('openStockStore() has every product in stock from the start', () => {
  const store = openStockStore(':memory:')

  expect(store.find('p01')).toEqual({ productId: 'p01', title: 'Storm lantern', available: 500 })
  store.close()
})

test('a reservation takes its pieces once, however often it is asked for', () => {
  const store = openStockStore(':memory:')

  const answers = [store.reserve('o1', 'p01', 3), store.reserve('o1', 'p01', 3)]

  expect(answers).toEqual([true, true])
  expect(store.find('p01')?.available).toBe(497)
  store.close()
})

test('a reservation of more than there is takes nothing', () => {
  const store = openStockStore(':memory:')

  expect(store.reserve('o1', 'p01', 501)).toBe(false)
  expect(store.find('p01')?.available).toBe(500)
  store.close()
})

test('a delivery comes when a product runs low', () => {
  const store = openStockStore(':memory:')

  store.reserve('o1', 'p01', 401)

  expect(store.find('p01')?.available).toBe(599)
  store.close()
})
