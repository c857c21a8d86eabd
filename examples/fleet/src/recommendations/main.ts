import { runService } from '../process/run-service.ts'
import { readServiceSettings } from '../process/service-settings.ts'
import { recommendationRoutes } from './routes.ts'

await runService(readServiceSettings(), { routes: recommendationRoutes() })
