import { join } from 'node:path'
import { instrument } from '../instrument/instrument.ts'
import { runService } from '../process/run-service.ts'
import { readServiceSettings } from '../process/service-settings.ts'
import { inventoryRoutes } from './routes.ts'
import { openStockStore } from './stock-store.ts'

const settings = readServiceSettings()
const instruments = instrument(settings)
const store = openStockStore(join(settings.dataDir, 'inventory.db'))
await runService(settings, {
  routes: inventoryRoutes(store),
  instruments,
  observesRequests: true,
  close: () => store.close(),
})
