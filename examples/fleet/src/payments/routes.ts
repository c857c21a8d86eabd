import { readCount, readText } from '../http/read-field.ts'
import type { Route } from '../http/route.ts'
import type { Instruments } from '../instrument/instruments.ts'
import type { Ledger } from './ledger.ts'

/** The routes of the payments service. */
export function paymentRoutes(ledger: Ledger, { counts, makePipeline }: Instruments): readonly Route[] {
  const charge = makePipeline({ operation: 'ledger.charge', policies: [] })
  return [
    {
      method: 'POST',
      path: '/charges',
      run: async ({ body }) => {
        const [orderId, amountCents] = [readText(body, 'orderId'), readCount(body, 'amountCents')]
        return { status: 201, body: await counts.run(charge, () => ledger.charge(orderId, amountCents)) }
      },
    },
  ]
}
