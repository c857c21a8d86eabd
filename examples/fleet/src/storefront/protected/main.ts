import { systemClock } from '../../clock/system-clock.ts'
import { instrument } from '../../instrument/instrument.ts'
import { runService } from '../../process/run-service.ts'
import { readServiceSettings } from '../../process/service-settings.ts'
import { openShop } from '../shop.ts'
import { guardedShop } from './guarded-shop.ts'
import { orderQueue } from './order-queue.ts'
import { protectedRoutes } from './routes.ts'
import { settleOrders } from './settle-orders.ts'

const settings = readServiceSettings()
const instruments = instrument(settings)
const shop = guardedShop(openShop(settings), instruments)
const queue = orderQueue(10_000)
const settling = settleOrders(queue, shop, systemClock)
await runService(settings, {
  routes: protectedRoutes(shop, queue),
  instruments,
  queued: () => queue.size,
  close: () => settling.stop(),
})
