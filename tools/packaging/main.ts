import { readFileSync } from 'node:fs'
import { publishedPackages } from '../build/packages.ts'
import { type CommandResult, runCommand } from '../verify/run-command.ts'
import { loadCommandsOf } from './load-commands.ts'

function report(title: string, { exitCode, output }: CommandResult): void {
  console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${title}`)
  if (exitCode === 0) return
  console.log(output.trim())
  process.exitCode = 1
}

for (const name of publishedPackages) {
  const folder = `packages/${name}`
  report(`publint ${name}`, await runCommand({ line: ['publint', 'run', folder, '--strict'] }))
  for (const { title, arguments: given } of loadCommandsOf(
    folder,
    readFileSync(`${folder}/package.json`, 'utf8'),
  )) {
    report(title, await runCommand({ line: [process.execPath, ...given] }))
  }
}
