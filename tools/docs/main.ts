import { formatOffence } from '../source/offence.ts'
import { readRepository } from '../source/read-repository.ts'
import { compileSnippets } from './compile-snippets.ts'
import { runSnippets } from './run-snippets.ts'

const files = readRepository('.')
const wrong = compileSnippets(files)
const { ran, offences: failed } = await runSnippets(files)
const offences = [...wrong, ...failed]
for (const offence of offences) console.log(formatOffence(offence))
console.log(
  offences.length === 0
    ? `Every snippet in the documentation compiles; ${ran} run and print what they say`
    : `${offences.length} errors in snippets`,
)
process.exitCode = offences.length === 0 ? 0 : 1
