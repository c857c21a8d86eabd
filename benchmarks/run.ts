import { writeFileSync } from 'node:fs'
import { seededRandom } from 'breakwater/testing'
import { type Arguments, helpText, readArguments } from './harness/arguments.ts'
import { machine, machineLine } from './harness/machine.ts'
import type { Row } from './harness/row.ts'
import { settingsOf } from './harness/settings.ts'
import { conclusionOf, listOf, tableOf } from './harness/table.ts'
import { suitesNamed } from './suites.ts'

const seed = 1

async function run({ jsonFile, suites, rounds, isQuick }: Arguments): Promise<void> {
  const settings = settingsOf({ isQuick, rounds, random: seededRandom(seed) })
  const where = machine()
  console.log(machineLine(where))
  const rows: Row[] = []
  const chosen = suitesNamed(suites)
  for (const [index, suite] of chosen.entries()) {
    console.error(`${index + 1} of ${chosen.length}: ${suite.name} …`)
    const measured = await suite.run(settings)
    rows.push(...measured)
    console.log(tableOf(suite, measured))
  }
  console.log(isQuick ? '\nA quick run: the figures mean nothing.' : conclusionOf(rows))
  if (jsonFile !== undefined)
    writeFileSync(jsonFile, `${JSON.stringify({ machine: where, rows }, null, 2)}\n`)
}

try {
  const asked = readArguments(process.argv.slice(2))
  if (asked.isHelp) console.log(helpText)
  else if (asked.isList) console.log(listOf(suitesNamed(asked.suites)))
  else await run(asked)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
