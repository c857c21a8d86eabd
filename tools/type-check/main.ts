import { runCommand } from '../verify/run-command.ts'
import { newLines } from './new-lines.ts'
import { findProjects } from './projects.ts'

const chosen = process.argv.slice(2)
const projects = findProjects('.').filter((project) => chosen.length === 0 || chosen.includes(project))

const seen = new Set<string>()
for (const project of projects) {
  const cache = `node_modules/.cache/types/${project.replaceAll(/[/.]/g, '-')}.tsbuildinfo`
  const { exitCode, output, seconds } = await runCommand({
    line: ['tsc', '-p', project, '--incremental', '--tsBuildInfoFile', cache, '--pretty', 'false'],
  })
  console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${project.padEnd(20)} ${seconds} s`)
  if (exitCode === 0) continue
  for (const text of newLines(output, seen)) console.log(text)
  process.exitCode = 1
}
