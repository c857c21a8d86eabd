import { expect, test } from 'vitest'
import type { Order } from '../order.ts'
import { orderQueue } from './order-queue.ts'

const order = (orderId: string): Order => ({ orderId, productId: 'p01', quantity: 1, amountCents: 900 })

test('orderQueue() settles orders in the order of their arrival', async () => {
  const queue = orderQueue(10)
  queue.add(order('a'))
  queue.add(order('b'))
  const settled: string[] = []

  await queue.drain(10, async ({ orderId }) => settled.push(orderId) > 0)

  expect(settled).toEqual(['a', 'b'])
  expect(queue.size).toBe(0)
  expect(queue.settled).toBe(2)
})

test('orderQueue() keeps an order that cannot be settled, and those behind it', async () => {
  const queue = orderQueue(10)
  queue.add(order('a'))
  queue.add(order('b'))

  await queue.drain(10, async () => false)

  expect(queue.size).toBe(2)
  expect(queue.settled).toBe(0)
})

test('orderQueue() settles at most as many at once as it is told', async () => {
  const queue = orderQueue(10)
  queue.add(order('a'))
  queue.add(order('b'))

  await queue.drain(1, async () => true)

  expect(queue.size).toBe(1)
})

test('orderQueue() refuses an order beyond its limit', () => {
  const queue = orderQueue(1)
  queue.add(order('a'))

  expect(() => queue.add(order('b'))).toThrow('The queue holds 1 orders already')
  expect(queue.accepted).toBe(1)
})
