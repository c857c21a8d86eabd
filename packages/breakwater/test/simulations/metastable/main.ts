import { runMetastable } from './metastable-run.ts'
import { clients } from './scenarios.ts'

// Plain JSON for plots: `{ "<clients>": [{ second, requests, goodput, serverQueue }, …] }`.
const series: Record<string, unknown> = {}
for (const [name, policies] of Object.entries(clients)) series[name] = await runMetastable(policies)
process.stdout.write(`${JSON.stringify(series)}\n`)
