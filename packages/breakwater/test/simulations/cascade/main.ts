import { runCascade } from './cascade-run.ts'
import { illnesses, stacksOf } from './scenarios.ts'

// Plain JSON for plots: `{ "<illness>, <stack>": [{ second, cascading, full, late, wastedMs, … }, …] }`.
const series: Record<string, unknown> = {}
for (const [what, illness] of Object.entries(illnesses)) {
  for (const [name, stack] of Object.entries(stacksOf()))
    series[`${what}, ${name}`] = await runCascade({ stack, illness, seed: 20_261_124 })
}
process.stdout.write(`${JSON.stringify(series)}\n`)
