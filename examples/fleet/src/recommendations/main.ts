import { instrument } from '../instrument/instrument.ts'
import { runService } from '../process/run-service.ts'
import { readServiceSettings } from '../process/service-settings.ts'
import { recommendationRoutes } from './routes.ts'

const settings = readServiceSettings()
const instruments = instrument(settings)
await runService(settings, { routes: recommendationRoutes(), instruments, observesRequests: true })
