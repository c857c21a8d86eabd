import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../verify/run-command.ts'
import { rewriteSpecifiers } from './rewrite-specifiers.ts'
import { swapFolder } from './swap-folder.ts'

/** Compiles a package to its `dist`: JavaScript, declarations, source maps, and what lies in `src` beside the code. Rejects with the compiler's words. */
export async function buildPackage(name: string): Promise<void> {
  const folder = join('packages', name)
  const output = join(folder, `.dist-${process.pid}`)
  const tsc = ['tsc', '-p', join(folder, 'tsconfig.build.json'), '--outDir', output] as const
  const { exitCode, output: said } = await runCommand({ line: tsc })
  if (exitCode !== 0) {
    rmSync(output, { recursive: true, force: true })
    throw new Error(`Cannot build '${name}':\n${said}`)
  }
  rewriteDeclarations(output)
  copyAssets(join(folder, 'src'), output)
  swapFolder(output, join(folder, 'dist'))
}

function rewriteDeclarations(folder: string): void {
  const declarations = filesBelow(folder).filter((path) => path.endsWith('.d.ts'))
  for (const path of declarations) writeFileSync(path, rewriteSpecifiers(readFileSync(path, 'utf8')))
}

/** Migrations and the like are read at run time from beside the code that needs them. */
function copyAssets(from: string, to: string): void {
  const assets = filesBelow(from).filter((path) => !/\.tsx?$/.test(path))
  for (const path of assets) cpSync(path, join(to, path.slice(from.length)))
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
