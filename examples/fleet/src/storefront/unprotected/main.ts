import { runService } from '../../process/run-service.ts'
import { readServiceSettings } from '../../process/service-settings.ts'
import { openShop } from '../shop.ts'
import { unprotectedRoutes } from './routes.ts'

const settings = readServiceSettings()
await runService(settings, { routes: unprotectedRoutes(openShop(settings)) })
