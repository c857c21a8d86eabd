import type { Clock } from '../../clock/clock.ts'
import type { GuardedShop } from './guarded-shop.ts'
import type { OrderQueue } from './order-queue.ts'

const everyMs = 500
const atOnce = 25

/** Pays queued orders, as many each half second as do no harm to a service that has just come back. */
export function settleOrders(
  queue: OrderQueue,
  shop: Pick<GuardedShop, 'settle'>,
  clock: Clock,
): { stop(): Promise<void> } {
  const abort = new AbortController()

  async function work(): Promise<void> {
    while (!abort.signal.aborted) {
      await queue.drain(atOnce, (order) => shop.settle(order))
      await clock.sleep(everyMs, abort.signal).catch(() => undefined)
    }
  }

  const ended = work()
  const stop = (): Promise<void> => {
    abort.abort()
    return ended
  }
  return { stop }
}
