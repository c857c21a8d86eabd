import { readFileSync } from 'node:fs'
import { publishedPackages } from '../build/packages.ts'
import { type CommandResult, runCommand } from '../verify/run-command.ts'
import { loadCommandsOf } from './load-commands.ts'
import { judgePackedFiles, readPackedFiles } from './packed-files.ts'

function report(title: string, { exitCode, output }: CommandResult): void {
  console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${title}`)
  if (exitCode === 0) return
  console.log(output.trim())
  process.exitCode = 1
}

function reportFiles(name: string, packed: CommandResult): void {
  const faults = judgePackedFiles(name, readPackedFiles(packed.output))
  report(`files of ${name}`, { ...packed, exitCode: faults.length, output: faults.join('\n') })
}

for (const name of publishedPackages) {
  const folder = `packages/${name}`
  report(`publint ${name}`, await runCommand({ line: ['publint', 'run', folder, '--strict'] }))
  reportFiles(name, await runCommand({ line: ['npm', 'pack', '--dry-run', '--json', `./${folder}`] }))
  for (const { title, arguments: given } of loadCommandsOf(
    folder,
    readFileSync(`${folder}/package.json`, 'utf8'),
  )) {
    report(title, await runCommand({ line: [process.execPath, ...given] }))
  }
}
