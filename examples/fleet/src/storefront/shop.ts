import { callJson } from '../http/call-json.ts'
import { peerUrl, type ServiceSettings } from '../process/service-settings.ts'
import type { Order } from './order.ts'

/** How a call to another service is made. */
export interface ShopCall {
  readonly signal?: AbortSignal
  readonly headers?: Readonly<Record<string, string>>
}

/** The services behind the storefront, as plain calls without any protection. Answers are passed on as they came. */
export interface Shop {
  stock(productId: string, call?: ShopCall): Promise<unknown>
  reserve(order: Order, call?: ShopCall): Promise<unknown>
  charge(order: Order, call?: ShopCall): Promise<unknown>
  recommend(productId: string | null, call?: ShopCall): Promise<unknown>
}

/** The calls of the storefront to the services that its settings name. */
export function openShop(settings: ServiceSettings): Shop {
  const payments = peerUrl(settings, 'payments')
  const inventory = peerUrl(settings, 'inventory')
  const recommendations = peerUrl(settings, 'recommendations')
  const post = { method: 'POST' } as const
  return {
    stock: (productId, call) =>
      callJson(`${inventory}/stock/${encodeURIComponent(productId)}`, { route: '/stock/:id', ...call }),
    reserve: (order, call) => callJson(`${inventory}/reservations`, { ...post, body: order, ...call }),
    charge: (order, call) => callJson(`${payments}/charges`, { ...post, body: order, ...call }),
    recommend: (productId, call) =>
      callJson(`${recommendations}/recommendations?for=${encodeURIComponent(productId ?? '')}`, call),
  }
}
