import { HttpProblem } from '../http/http-problem.ts'
import { readCount, readText } from '../http/read-field.ts'
import type { Route } from '../http/route.ts'
import type { StockStore } from './stock-store.ts'

/** The routes of the inventory service. */
export function inventoryRoutes(store: StockStore): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/stock/:id',
      run: ({ params: { id = '' } }) => {
        const stock = store.find(id)
        if (stock === undefined) throw new HttpProblem(404, `There is no product ${id}`)
        return { status: 200, body: stock }
      },
    },
    {
      method: 'POST',
      path: '/reservations',
      run: ({ body }) => {
        const [orderId, productId] = [readText(body, 'orderId'), readText(body, 'productId')]
        const quantity = readCount(body, 'quantity')
        if (!store.reserve(orderId, productId, quantity)) {
          throw new HttpProblem(409, `There are too few of ${productId}`)
        }
        return { status: 201, body: { orderId, isReserved: true } }
      },
    },
  ]
}
