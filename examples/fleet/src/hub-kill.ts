import { writeFile } from 'node:fs/promises'
import { type FleetConfig, helpText, readConfig } from './config/config.ts'
import { FleetOptionError } from './config/fleet-option-error.ts'
import { runHubKills } from './hub-kill/run-hub-kills.ts'
import type { SideFigures } from './report/demo-report.ts'

const kills = 10

async function run({ ratePerSecond, seed, jsonFile }: FleetConfig): Promise<number> {
  const figures = await runHubKills({ kills, ratePerSecond, seed, calmMs: 10_000 })
  const { calm, killed, books } = figures
  process.stdout.write(
    [
      `The hub was killed ${kills} times (SIGKILL), ${ratePerSecond} requests/s, seed ${seed}`,
      `hub alive:  ${line(calm)}`,
      `hub killed: ${line(killed)}`,
      `${books.calls} calls counted by the services, ${books.compared} counters compared with the hub, ${books.mismatches.length} differ`,
      ...books.mismatches.map((mismatch) => JSON.stringify(mismatch)),
      '',
    ].join('\n'),
  )
  if (jsonFile !== null) await writeFile(jsonFile, `${JSON.stringify(figures, null, 2)}\n`)
  return books.mismatches.length === 0 && killed.errors === 0 ? 0 : 1
}

function line({ requests, errors, p50, p95, p99 }: SideFigures): string {
  const ms = [p50, p95, p99].map((value) => value?.toFixed(1) ?? '–').join(' / ')
  return `${requests} requests of protected users, ${errors} errors, p50 / p95 / p99 ${ms} ms`
}

try {
  const config = readConfig(process.argv.slice(2))
  if (config === 'help') process.stdout.write(helpText)
  else process.exitCode = await run(config)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = error instanceof FleetOptionError ? 2 : 1
}
