import { writeFile } from 'node:fs/promises'
import { systemClock } from './clock/system-clock.ts'
import { type FleetConfig, helpText, readConfig } from './config/config.ts'
import { FleetOptionError } from './config/fleet-option-error.ts'
import { onInterrupt } from './process/on-interrupt.ts'
import { formatReport } from './report/format-report.ts'
import { runReport } from './report/run-report.ts'

async function run(config: FleetConfig): Promise<number> {
  const interrupt = new AbortController()
  onInterrupt({ stop: () => interrupt.abort(new Error('Interrupted')) }, systemClock)
  const report = await runReport({ ...config, signal: interrupt.signal })
  process.stdout.write(formatReport(report))
  if (config.jsonFile !== null) await writeFile(config.jsonFile, `${JSON.stringify(report, null, 2)}\n`)
  return report.isKept ? 0 : 1
}

try {
  const config = readConfig(process.argv.slice(2))
  if (config === 'help') process.stdout.write(helpText)
  else process.exitCode = await run(config)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = error instanceof FleetOptionError ? 2 : 1
}
