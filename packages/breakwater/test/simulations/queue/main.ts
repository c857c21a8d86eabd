import { runQueue } from './queue-run.ts'
import { queues } from './scenarios.ts'

// Plain JSON for plots: `{ "<queue>": [{ second, goodput, late, refused, … }, …] }`.
const series: Record<string, unknown> = {}
for (const [name, run] of Object.entries(queues)) series[name] = await runQueue(run)
process.stdout.write(`${JSON.stringify(series)}\n`)
