import { existsSync, writeFileSync } from 'node:fs'
import { Stryker } from '@stryker-mutator/core'
import { startStopwatch } from '../clock/stopwatch.ts'
import { helpText, type MutationArguments, mutationArguments } from './arguments.ts'
import { type FolderScore, folderScore, neededScore } from './folder-score.ts'
import { readMutantReport } from './mutant-report.ts'
import { scoreLines } from './score-lines.ts'
import { reportFile, strykerOptions } from './stryker-options.ts'

async function judge(folder: string, args: MutationArguments): Promise<FolderScore> {
  if (!existsSync(`packages/breakwater/src/${folder}`))
    throw new TypeError(`There is no folder packages/breakwater/src/${folder}`)
  const secondsSince = startStopwatch()
  await new Stryker(strykerOptions(folder, args)).runMutationTest()
  const score = folderScore(folder, readMutantReport(reportFile(folder)))
  for (const line of scoreLines(score)) console.log(line)
  console.log(`${folder}: ${secondsSince()} s`)
  if (score.score < neededScore) process.exitCode = 1
  return score
}

async function judgeAll(args: MutationArguments): Promise<void> {
  const scores: FolderScore[] = []
  for (const folder of args.folders) scores.push(await judge(folder, args))
  if (args.jsonFile !== undefined) writeFileSync(args.jsonFile, `${JSON.stringify(scores, undefined, 2)}\n`)
}

try {
  const asked = mutationArguments(process.argv.slice(2))
  if (asked.isHelp) console.log(helpText)
  else await judgeAll(asked)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
