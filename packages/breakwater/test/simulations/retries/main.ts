import { runStorm } from './retry-storm.ts'
import { herds, storms } from './scenarios.ts'
import { runHerd } from './thundering-herd.ts'

// Plain JSON for plots: `{ "<scenario>": [{ second, requests, … } or { ms, retries }, …] }`.
const series: Record<string, unknown> = {}
for (const [name, run] of Object.entries(storms)) series[name] = await runStorm(run)
for (const [name, backoff] of Object.entries(herds)) series[name] = await runHerd(backoff)
process.stdout.write(`${JSON.stringify(series)}\n`)
