import { existsSync } from 'node:fs'
import { toolEnvironment } from '../config/environment.ts'
import { namedNodes } from './config.ts'
import { findNode } from './find-node.ts'
import { runInNode } from './run-in-node.ts'

const majors = [22, 24]
const { requiresAll } = toolEnvironment()
const nodes = namedNodes()
const mayDownload = requiresAll || process.argv.includes('--download')

async function tryNode(major: number): Promise<void> {
  const node = await findNode({ major, named: nodes[major], mayDownload })
  if (node === undefined) {
    console.log(
      `skipped: there is no Node ${major} (name one in BREAKWATER_NODE_${major}, or let npm fetch it with --download)`,
    )
    if (requiresAll) process.exitCode = 1
    return
  }
  const fault = await runInNode(node)
  console.log(`${fault === undefined ? 'ok    ' : 'FAILED'} the built package in Node ${major}`)
  if (fault === undefined) return
  console.log(fault)
  process.exitCode = 1
}

if (existsSync('packages/breakwater/dist/index.js')) {
  for (const major of majors) await tryNode(major)
} else {
  console.log('FAILED there is nothing built: run npm run build first')
  process.exitCode = 1
}
