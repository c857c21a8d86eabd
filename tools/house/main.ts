import { formatOffence } from '../source/offence.ts'
import { readRepository } from '../source/read-repository.ts'
import { checks } from './checks.ts'
import { summariseSizes } from './size-summary.ts'

const only = process.argv[2] ?? ''
const files = readRepository('.')
const offences = checks.flatMap((check) => check(files)).filter(({ path }) => path.startsWith(only))
const sorted = offences.toSorted((a, b) => a.path.localeCompare(b.path) || a.line - b.line)
const lines = new Set(sorted.map(formatOffence))
for (const line of lines) console.log(line)
console.log(summariseSizes(files))
console.log(
  offences.length === 0 ? 'The house is in order' : `${lines.size} offences against the rules of the house`,
)
process.exitCode = offences.length === 0 ? 0 : 1
