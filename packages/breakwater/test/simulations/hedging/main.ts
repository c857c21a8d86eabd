import { runHedging } from './hedging-run.ts'
import { hedgings } from './scenarios.ts'

// Plain JSON for plots: `{ "<clients>": [{ second, requests, goodput, p99Ms }, …] }`.
const series: Record<string, unknown> = {}
for (const [name, client] of Object.entries(hedgings)) series[name] = await runHedging(client)
process.stdout.write(`${JSON.stringify(series)}\n`)
