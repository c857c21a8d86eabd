import { HttpProblem } from '../../http/http-problem.ts'
import type { Reply, Route } from '../../http/route.ts'
import { readOrder } from '../order.ts'
import type { Shop } from '../shop.ts'

const timeoutMs = 10_000

/** The storefront as it is mostly written: plain calls, one generous timeout, and an error page for what fails. */
export function unprotectedRoutes(shop: Shop): readonly Route[] {
  const call = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(timeoutMs) })
  return [
    {
      method: 'GET',
      path: '/',
      run: () => answer(async () => ({ recommendations: await shop.recommend(null, call()) })),
    },
    {
      method: 'GET',
      path: '/products/:id',
      run: ({ params: { id = '' } }) =>
        answer(async () => {
          const [stock, recommendations] = await Promise.all([
            shop.stock(id, call()),
            shop.recommend(id, call()),
          ])
          return { stock, recommendations }
        }),
    },
    {
      method: 'POST',
      path: '/checkout',
      run: ({ body }) =>
        answer(async () => {
          const order = readOrder(body)
          await shop.reserve(order, call())
          return { orderId: order.orderId, status: 'paid', payment: await shop.charge(order, call()) }
        }),
    },
  ]
}

async function answer(work: () => Promise<Readonly<Record<string, unknown>>>): Promise<Reply> {
  try {
    return { status: 200, body: { ...(await work()), degraded: [] } }
  } catch (error) {
    if (error instanceof HttpProblem) throw error
    return { status: 502, body: { title: 'Something went wrong, please try again later' } }
  }
}
