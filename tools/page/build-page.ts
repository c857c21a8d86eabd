import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { swapFolder } from '../build/swap-folder.ts'
import { runCommand } from '../verify/run-command.ts'

const dashboard = 'packages/dashboard'

/** Builds the page into `packages/dashboard/dist`; answers what the bundler said. Rejects, with all it said, when it failed. */
export async function buildPage(): Promise<string> {
  const folder = `.dist-${process.pid}`
  const vite = [
    'exec',
    '--workspace',
    '@breakwater/dashboard',
    '--',
    'vite',
    'build',
    '--outDir',
    folder,
    '--emptyOutDir',
  ]
  const { exitCode, output } = await runCommand({ line: ['npm', ...vite] })
  if (exitCode !== 0) {
    rmSync(join(dashboard, folder), { recursive: true, force: true })
    throw new Error(`Cannot build the page as the bundler failed:\n${output}`)
  }
  swapFolder(join(dashboard, folder), join(dashboard, 'dist'))
  return output
}
