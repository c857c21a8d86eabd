import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../verify/run-command.ts'
import { readVitestReport, type SuiteResult } from './vitest-tally.ts'

/** One run of Vitest: its configuration, what to pass on to it, and what its tests find in their environment. */
export interface VitestRun {
  readonly config: string
  readonly arguments: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** Runs Vitest to its end, showing what it says, and counts. */
export async function runVitest({ config, arguments: passedOn, env = {} }: VitestRun): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-suite-'))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { exitCode } = await runCommand({
    line: ['vitest', 'run', '--config', config, '--passWithNoTests', ...reporters, ...passedOn],
    env,
    onOutput: (text) => process.stdout.write(text),
  })
  const result = readVitestReport(existsSync(report) ? readFileSync(report, 'utf8') : undefined, exitCode)
  rmSync(folder, { recursive: true, force: true })
  return result
}
