import { HttpProblem } from '../../http/http-problem.ts'
import { HttpStatusError } from '../../http/http-status-error.ts'
import type { Reply, Route, ServiceRequest } from '../../http/route.ts'
import { type Order, readOrder } from '../order.ts'
import { type GuardedShop, missing } from './guarded-shop.ts'
import type { OrderQueue } from './order-queue.ts'

/** The storefront that answers whatever it can: a part that is missing is named in `degraded`, not an error. */
export function protectedRoutes(shop: GuardedShop, queue: OrderQueue): readonly Route[] {
  return [
    { method: 'GET', path: '/', run: (request) => home(shop, request) },
    { method: 'GET', path: '/products/:id', run: (request) => product(shop, request) },
    {
      method: 'POST',
      path: '/checkout',
      run: ({ body, signal }) => checkout(shop, queue, { order: readOrder(body), signal }),
    },
  ]
}

async function home(shop: GuardedShop, { signal }: ServiceRequest): Promise<Reply> {
  const recommendations = await shop.recommend(null, signal)
  return page({ recommendations })
}

async function product(shop: GuardedShop, { params: { id = '' }, signal }: ServiceRequest): Promise<Reply> {
  const [stock, recommendations] = await Promise.all([
    shop.stock(id, signal).catch(rethrowTheirs),
    shop.recommend(id, signal),
  ])
  return page({ stock, recommendations })
}

async function checkout(
  shop: GuardedShop,
  queue: OrderQueue,
  { order, signal }: { readonly order: Order; readonly signal: AbortSignal },
): Promise<Reply> {
  const { orderId } = order
  const reserved = await shop.reserve(order, signal).catch(rethrowTheirs)
  const payment = reserved === missing ? missing : await shop.charge(order, signal).catch(rethrowTheirs)
  if (payment !== missing) return { status: 201, body: { orderId, status: 'paid', payment, degraded: [] } }
  queue.add(order)
  return { status: 202, body: { orderId, status: 'queued', degraded: ['payment'] } }
}

const substitutes: Readonly<Record<string, unknown>> = { stock: 'unknown', recommendations: [] }

function page(parts: Readonly<Record<string, unknown>>): Reply {
  const degraded = Object.keys(parts).filter((name) => parts[name] === missing)
  const spared = Object.fromEntries(degraded.map((name) => [name, substitutes[name]]))
  return { status: 200, body: { ...parts, ...spared, degraded } }
}

/** A service that says that the request is wrong says so to the user, too. */
function rethrowTheirs(error: unknown): never {
  if (error instanceof HttpStatusError && error.status < 500)
    throw new HttpProblem(error.status, error.message)
  throw error
}
