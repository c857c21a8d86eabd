import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { expectedResults } from '../../test/everywhere/expected-results.ts'
import { bundle } from '../size/bundle.ts'
import { runCommand } from '../verify/run-command.ts'
import type { NodeCommand } from './find-node.ts'

const entries = ['.', './node', './protocol', './testing', './testing/node']
const marker = 'results:'

/** Runs the scenarios on the built package, and loads its entries, in this Node. Undefined when all went as it should, else what went wrong. */
export async function runInNode(node: NodeCommand): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-everywhere-'))
  const program = join(folder, 'program.mjs')
  writeFileSync(program, await programText())
  const { exitCode, output } = await runCommand({ line: [...node, program] })
  rmSync(folder, { recursive: true, force: true })
  if (exitCode !== 0) return output.trim()
  const results: unknown = JSON.parse(output.slice(output.lastIndexOf(marker) + marker.length))
  return isDeepStrictEqual(results, expectedResults) ? undefined : `came to ${JSON.stringify(results)}`
}

/** The built files are imported one by one as they are published; only the scenarios are bundled. */
async function programText(): Promise<string> {
  const folder = resolve('packages/breakwater')
  const source = [
    "import { runScenarios } from './test/everywhere/scenarios.ts'",
    `for (const entry of ${JSON.stringify(entries.map(builtFile(folder)))}) await import(entry)`,
    `console.log('${marker}' + JSON.stringify(await runScenarios()))`,
  ].join('\n')
  const { code } = await bundle({ source, external: ['breakwater'], minify: false })
  return code.replaceAll(/from ['"]breakwater['"]/g, `from '${builtFile(folder)('.')}'`)
}

function builtFile(folder: string): (entry: string) => string {
  return (entry) => pathToFileURL(join(folder, 'dist', entry, 'index.js')).href
}
