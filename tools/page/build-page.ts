import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { swapFolder } from '../build/swap-folder.ts'
import { runCommand } from '../verify/run-command.ts'

const dashboard = 'packages/dashboard'

/**
 * Builds the page into `packages/dashboard/dist`, and puts a copy where the hub takes it along when it is packed; both change
 * together. Answers what the bundler said; rejects, with all of it, when it failed.
 */
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
  const copy = `packages/hub/.page-${process.pid}`
  cpSync(join(dashboard, folder), copy, { recursive: true })
  swapFolder(copy, 'packages/hub/page')
  swapFolder(join(dashboard, folder), join(dashboard, 'dist'))
  return output
}
