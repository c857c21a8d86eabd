import { lanes } from './lanes.ts'
import { runCommand } from './run-command.ts'
import { runSteps } from './run-steps.ts'
import { formatTally, sumTallies } from './tally.ts'

const chosen = new Set(process.argv.slice(2))
const wanted = lanes.map((lane) => lane.filter((step) => chosen.size === 0 || chosen.has(step)))

const tallies = await runSteps(wanted, {
  run: (step) => runCommand({ line: ['npm', 'run', '--silent', step] }),
  print: (text) => {
    console.log(text)
  },
})
const total = sumTallies(tallies)
console.log(formatTally(total))
process.exitCode = total.failed === 0 ? 0 : 1
