import { HttpProblem } from '../http/http-problem.ts'
import { readCount, readText } from '../http/read-field.ts'
import type { Route } from '../http/route.ts'
import type { Instruments } from '../instrument/instruments.ts'
import type { StockStore } from './stock-store.ts'

/** The routes of the inventory service. */
export function inventoryRoutes(store: StockStore, { counts, makePipeline }: Instruments): readonly Route[] {
  const find = makePipeline({ operation: 'stock.find', policies: [] })
  const reserve = makePipeline({ operation: 'stock.reserve', policies: [] })
  return [
    {
      method: 'GET',
      path: '/stock/:id',
      run: async ({ params: { id = '' } }) => {
        const stock = await counts.run(find, () => store.find(id))
        if (stock === undefined) throw new HttpProblem(404, `There is no product ${id}`)
        return { status: 200, body: stock }
      },
    },
    {
      method: 'POST',
      path: '/reservations',
      run: async ({ body }) => {
        const [orderId, productId] = [readText(body, 'orderId'), readText(body, 'productId')]
        const quantity = readCount(body, 'quantity')
        if (!(await counts.run(reserve, () => store.reserve(orderId, productId, quantity)))) {
          throw new HttpProblem(409, `There are too few of ${productId}`)
        }
        return { status: 201, body: { orderId, isReserved: true } }
      },
    },
  ]
}
