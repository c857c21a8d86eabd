import { runCommand } from '../verify/run-command.ts'
import { publishedPackages } from '../build/packages.ts'

for (const name of publishedPackages) {
  const { exitCode, output } = await runCommand({ line: ['publint', 'run', `packages/${name}`, '--strict'] })
  console.log(output.trim())
  if (exitCode !== 0) process.exitCode = 1
}
