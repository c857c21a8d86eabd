import { formatOffence } from '../source/offence.ts'
import { readRepository } from '../source/read-repository.ts'
import { compileSnippets } from './compile-snippets.ts'

const offences = compileSnippets(readRepository('.'))
for (const offence of offences) console.log(formatOffence(offence))
console.log(
  offences.length === 0
    ? 'Every snippet in the documentation compiles'
    : `${offences.length} errors in snippets`,
)
process.exitCode = offences.length === 0 ? 0 : 1
