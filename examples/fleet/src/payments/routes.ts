import { readCount, readText } from '../http/read-field.ts'
import type { Route } from '../http/route.ts'
import type { Ledger } from './ledger.ts'

/** The routes of the payments service. */
export function paymentRoutes(ledger: Ledger): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/charges',
      run: ({ body }) => {
        const [orderId, amountCents] = [readText(body, 'orderId'), readCount(body, 'amountCents')]
        return { status: 201, body: ledger.charge(orderId, amountCents) }
      },
    },
  ]
}
