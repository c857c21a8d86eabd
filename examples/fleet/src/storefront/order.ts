import { readCount, readText } from '../http/read-field.ts'

/** What a user buys. */
export interface Order {
  readonly orderId: string
  readonly productId: string
  readonly quantity: number
  readonly amountCents: number
}

/** Reads an order from the body of a checkout. @throws {HttpProblem} 400 that names the field */
export function readOrder(body: unknown): Order {
  return {
    orderId: readText(body, 'orderId'),
    productId: readText(body, 'productId'),
    quantity: readCount(body, 'quantity'),
    amountCents: readCount(body, 'amountCents'),
  }
}
