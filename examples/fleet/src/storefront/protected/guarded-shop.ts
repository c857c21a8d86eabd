import { fallback, type Work } from 'breakwater'
import type { Instruments } from '../../instrument/instruments.ts'
import type { Order } from '../order.ts'
import type { Shop, ShopCall } from '../shop.ts'
import { dependency, isTheirFault } from './dependency.ts'

/** In the place of a part that could not be had. */
export const missing = Symbol('missing')

/** The services behind the storefront, each call under policies. A part that fails is {@link missing}. */
export interface GuardedShop {
  stock(productId: string, signal: AbortSignal): Promise<unknown>
  recommend(productId: string | null, signal: AbortSignal): Promise<unknown>
  reserve(order: Order, signal: AbortSignal): Promise<unknown>
  charge(order: Order, signal: AbortSignal): Promise<unknown>
  /** Reserves and charges an order that was accepted before; false when that is not possible yet. */
  settle(order: Order): Promise<boolean>
}

/** Puts the policies around the calls. */
export function guardedShop(shop: Shop, instruments: Instruments): GuardedShop {
  const { counts, makePipeline } = instruments
  const { payments, inventory, recommendations } = dependencies()
  for (const { breaker } of [payments, inventory, recommendations]) instruments.diary.watch(breaker)
  const spare = fallback(async (): Promise<typeof missing> => missing, {
    name: 'missing part',
    when: isTheirFault,
  })
  const attempt = attempter(instruments)

  const stock = makePipeline({ operation: 'inventory.stock', policies: [spare, ...inventory.interactive] })
  const reserve = makePipeline({
    operation: 'inventory.reserve',
    policies: [spare, ...inventory.interactive],
  })
  const charge = makePipeline({ operation: 'payments.charge', policies: [spare, ...payments.interactive] })
  const recommend = makePipeline({
    operation: 'recommendations.list',
    policies: [spare, ...recommendations.interactive],
  })
  const reserveLater = makePipeline({ operation: 'inventory.reserve-later', policies: inventory.deferred })
  const chargeLater = makePipeline({ operation: 'payments.charge-later', policies: payments.deferred })

  const onInventory = attempt('inventory')
  const onPayments = attempt('payments')
  const onRecommendations = attempt('recommendations')
  return {
    stock: (id, signal) =>
      counts.run(
        stock,
        onInventory((call) => shop.stock(id, call)),
        { signal },
      ),
    reserve: (order, signal) =>
      counts.run(
        reserve,
        onInventory((call) => shop.reserve(order, call)),
        { signal },
      ),
    charge: (order, signal) =>
      counts.run(
        charge,
        onPayments((call) => shop.charge(order, call)),
        { signal },
      ),
    recommend: (id, signal) =>
      counts.run(
        recommend,
        onRecommendations((call) => shop.recommend(id, call)),
        { signal },
      ),
    settle: async (order) => {
      const reserved = await counts.tryRun(
        reserveLater,
        onInventory((call) => shop.reserve(order, call)),
      )
      if (!reserved.ok) return false
      return (
        await counts.tryRun(
          chargeLater,
          onPayments((call) => shop.charge(order, call)),
        )
      ).ok
    },
  }
}

type Attempt = (work: (call: ShopCall) => Promise<unknown>) => Work<unknown>

/** One attempt on a service: with the trace's headers, under the attempt's signal, noted in the diary. */
function attempter({ diary, outgoingHeaders }: Instruments): (breaker: string) => Attempt {
  return (breaker) =>
    (work) =>
    ({ signal }) =>
      diary.attempt(breaker, signal, () => work({ signal, headers: outgoingHeaders() }))
}

function dependencies(): Readonly<
  Record<'payments' | 'inventory' | 'recommendations', ReturnType<typeof dependency>>
> {
  return {
    payments: dependency({
      ...{ name: 'payments', attemptMs: 800, totalMs: 2_500, maxRetries: 2, retryRatio: 0.2, limit: 20 },
      opens: { consecutiveFailures: 5 },
    }),
    inventory: dependency({
      ...{ name: 'inventory', attemptMs: 400, totalMs: 1_500, maxRetries: 3, retryRatio: 0.6, limit: 30 },
      opens: { failureRatio: 0.6, minimumCalls: 10, windowMs: 3_000 },
    }),
    recommendations: dependency({
      ...{ name: 'recommendations', attemptMs: 300, totalMs: 500, maxRetries: 1, retryRatio: 0.1, limit: 20 },
      opens: { failureRatio: 0.5, minimumCalls: 10, windowMs: 3_000 },
    }),
  }
}
