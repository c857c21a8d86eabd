import { writeFile } from 'node:fs/promises'
import { CliError } from '../cli-error.ts'
import { loadFleet } from '../demo/fleet-module.ts'
import { liveTable } from '../demo/live-table.ts'
import { exitCode } from '../exit-code.ts'
import { formatJson } from '../format/json.ts'
import type { Io } from '../io.ts'

/** The options of `breakwater demo`. */
export interface DemoFlags {
  readonly seconds: number
  readonly rate: number
  readonly seed: number
  readonly json?: string | undefined
}

/** Runs the demo fleet through outages, live, and ends with the report. Fails when a promise was not kept. */
export async function demo({ seconds, rate, seed, json }: DemoFlags, io: Io): Promise<void> {
  const fleet = await loadFleet()
  io.stderr('Starting the hub, four services and two storefronts…\n')
  const { signal } = io
  const report = await fleet.runReport({
    ...{ seconds, ratePerSecond: rate, seed, signal },
    onSecond: liveTable(io),
  })
  io.stdout(fleet.formatReport(report))
  if (json !== undefined) await write(json, formatJson(report))
  if (!report.isKept) throw new CliError(exitCode.failed, 'Not every promise was kept')
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(exitCode.failed, `Cannot write '--json' ${file}: ${reason}`, { cause: error })
  }
}
