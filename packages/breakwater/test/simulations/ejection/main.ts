import { runEjection } from './ejection-run.ts'
import { caps, commonFault, illnesses, settings } from './scenarios.ts'

// Plain JSON for plots: `{ "<illness>, <setting>": [{ second, goodput, failed, ejected }, …] }`.
const series: Record<string, unknown> = {}
for (const [illness, what] of Object.entries(illnesses)) {
  for (const [name, setting] of Object.entries(settings))
    series[`${illness}, ${name}`] = await runEjection({ seconds: 100, illness: what, setting })
}
for (const [name, setting] of Object.entries(caps))
  series[`all, ${name}`] = await runEjection({ seconds: 100, illness: commonFault, setting })
process.stdout.write(`${JSON.stringify(series)}\n`)
