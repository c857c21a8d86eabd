import type { CommandResult } from './run-command.ts'
import { type Tally, tallyOfStep } from './tally.ts'

/** How steps are run and where the report of each goes. */
export interface StepRunner {
  readonly run: (step: string) => Promise<CommandResult>
  readonly print: (text: string) => void
}

/** Runs the lanes side by side and answers a tally for each step. A step that fails prints all it said; the others one line. */
export async function runSteps(lanes: readonly (readonly string[])[], runner: StepRunner): Promise<Tally[]> {
  const tallies = await Promise.all(lanes.map((lane) => runLane(lane, runner)))
  return tallies.flat()
}

async function runLane(lane: readonly string[], runner: StepRunner): Promise<Tally[]> {
  const tallies: Tally[] = []
  for (const step of lane) tallies.push(await runStep(step, runner))
  return tallies
}

async function runStep(step: string, { run, print }: StepRunner): Promise<Tally> {
  const { exitCode, output, seconds } = await run(step)
  const tally = tallyOfStep(output, exitCode)
  const verdict = tally.failed === 0 ? 'ok    ' : 'FAILED'
  print(`${verdict} ${step.padEnd(14)}${seconds.padStart(6)} s${noteOf(tally)}`)
  if (tally.failed > 0) print(indent(output))
  if (tally.failed === 0)
    for (const line of output.split('\n').filter((text) => text.startsWith('skipped: ')))
      print(`       ${line}`)
  return tally
}

function noteOf({ passed, failed }: Tally): string {
  return passed + failed > 1 ? `  (${passed} passed, ${failed} failed)` : ''
}

function indent(output: string): string {
  return output.trimEnd().replace(/^/gm, '  | ')
}
