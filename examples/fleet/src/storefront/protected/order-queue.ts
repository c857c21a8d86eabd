import type { Order } from '../order.ts'

/** Orders that were accepted and wait to be paid. */
export interface OrderQueue {
  readonly size: number
  /** Orders taken in, ever. */
  readonly accepted: number
  /** Orders paid from the queue, ever. */
  readonly settled: number
  /** Takes an order in. @throws {Error} when the queue is full: a promise that cannot be kept is not made */
  add(order: Order): void
  /** Settles the oldest orders, at most `count`; stops at the first that cannot be settled and keeps it. */
  drain(count: number, settle: (order: Order) => Promise<boolean>): Promise<void>
}

/** Makes an empty queue for at most `limit` orders. */
export function orderQueue(limit: number): OrderQueue {
  const orders: Order[] = []
  let accepted = 0
  let settled = 0
  return {
    get size() {
      return orders.length
    },
    get accepted() {
      return accepted
    },
    get settled() {
      return settled
    },
    add: (order) => {
      if (orders.length >= limit) throw new Error(`The queue holds ${limit} orders already`)
      orders.push(order)
      accepted += 1
    },
    drain: async (count, settle) => {
      for (let left = count; left > 0; left -= 1) {
        const order = orders[0]
        if (order === undefined || !(await settle(order))) return
        orders.shift()
        settled += 1
      }
    },
  }
}
