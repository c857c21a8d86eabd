import { fallback, type Pipeline, type Work } from 'breakwater'
import type { Instruments } from '../../instrument/instruments.ts'
import type { Order } from '../order.ts'
import type { Shop, ShopCall } from '../shop.ts'
import { dependency, type Dependency, isTheirFault } from './dependency.ts'

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
  const { counts, diary } = instruments
  const on = dependencies()
  for (const { breaker } of Object.values(on)) diary.watch(breaker)
  const through = pipelines(instruments, on)
  const attempt = attempter(instruments)
  const inventory = attempt('inventory')
  const payments = attempt('payments')
  const recommendations = attempt('recommendations')
  const reserve = (order: Order): Work<unknown> => inventory((call) => shop.reserve(order, call))
  const charge = (order: Order): Work<unknown> => payments((call) => shop.charge(order, call))
  const stock = (id: string): Work<unknown> => inventory((call) => shop.stock(id, call))
  const recommend = (id: string | null): Work<unknown> => recommendations((call) => shop.recommend(id, call))
  return {
    stock: (id, signal) => counts.run(through.stock, stock(id), { signal }),
    reserve: (order, signal) => counts.run(through.reserve, reserve(order), { signal }),
    charge: (order, signal) => counts.run(through.charge, charge(order), { signal }),
    recommend: (id, signal) => counts.run(through.recommend, recommend(id), { signal }),
    settle: async (order) => {
      const reserved = await counts.tryRun(through.reserveLater, reserve(order))
      return reserved.ok && (await counts.tryRun(through.chargeLater, charge(order))).ok
    },
  }
}

type Dependencies = Readonly<Record<'payments' | 'inventory' | 'recommendations', Dependency>>
type Operation = 'stock' | 'reserve' | 'charge' | 'recommend' | 'reserveLater' | 'chargeLater'

function pipelines(
  { makePipeline }: Instruments,
  { payments, inventory, recommendations }: Dependencies,
): Readonly<Record<Operation, Pipeline<unknown>>> {
  const spare = fallback((): typeof missing => missing, { name: 'missing part', when: isTheirFault })
  const spared = (operation: string, { interactive }: Dependency): Pipeline<unknown> =>
    makePipeline({ operation, policies: [spare, ...interactive] })
  return {
    stock: spared('inventory.stock', inventory),
    reserve: spared('inventory.reserve', inventory),
    charge: spared('payments.charge', payments),
    recommend: spared('recommendations.list', recommendations),
    reserveLater: makePipeline({ operation: 'inventory.reserve-later', policies: inventory.deferred }),
    chargeLater: makePipeline({ operation: 'payments.charge-later', policies: payments.deferred }),
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

function dependencies(): Dependencies {
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
