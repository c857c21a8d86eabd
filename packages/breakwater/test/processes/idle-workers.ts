import { fileURLToPath } from 'node:url'
import { workerBulkhead } from '../../src/node/worker-pool/worker-bulkhead.ts'

/** Runs a task and leaves the workers idle: the process ends by itself, although nobody closed them. */
const module = fileURLToPath(new URL('../fixtures/tasks.ts', import.meta.url))
const workers = workerBulkhead<typeof import('../fixtures/tasks.ts')>({ module, size: 2, idleMs: 3_600_000 })

const result = await workers.run('double', 21)
await workers.warmUp()
process.stdout.write(`${result}, ${workers.idle} idle`)
