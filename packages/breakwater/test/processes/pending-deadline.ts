import { pipeline } from '../../src/pipeline/pipeline.ts'
import { timeout } from '../../src/timeout/timeout.ts'

/** Waits for work that never ends and keeps nothing alive: only the deadline can end it. */
const line = pipeline({ policies: [timeout({ ms: 40 })] })
const outcome = await line.tryRun(() => new Promise(() => undefined))

process.stdout.write(outcome.ok ? 'answered' : String(outcome.error))
