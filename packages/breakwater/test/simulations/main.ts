import { runOverload } from './overload-run.ts'
import { scenarios } from './scenarios.ts'

// Plain JSON for plots: `{ "<scenario>": [{ second, offered, goodput, refused, failed, serverQueue, gauge }, …] }`.
const series: Record<string, unknown> = {}
for (const [name, run] of Object.entries(scenarios)) series[name] = await runOverload(run)
process.stdout.write(`${JSON.stringify(series)}\n`)
