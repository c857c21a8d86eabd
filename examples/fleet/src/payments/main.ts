import { instrument } from '../instrument/instrument.ts'
import { runService } from '../process/run-service.ts'
import { readServiceSettings } from '../process/service-settings.ts'
import { openLedger } from './ledger.ts'
import { paymentRoutes } from './routes.ts'

const settings = readServiceSettings()
const instruments = instrument(settings)
await runService(settings, { routes: paymentRoutes(openLedger()), instruments, observesRequests: true })
