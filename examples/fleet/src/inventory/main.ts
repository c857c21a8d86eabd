import { join } from 'node:path'
import { runService } from '../process/run-service.ts'
import { readServiceSettings } from '../process/service-settings.ts'
import { inventoryRoutes } from './routes.ts'
import { openStockStore } from './stock-store.ts'

const settings = readServiceSettings()
const store = openStockStore(join(settings.dataDir, 'inventory.db'))
await runService(settings, { routes: inventoryRoutes(store), close: () => store.close() })
