import { cpSync } from 'node:fs'
import { buildPage } from '../page/build-page.ts'
import { buildPackage } from './build-package.ts'
import { publishedPackages } from './packages.ts'
import { swapFolder } from './swap-folder.ts'

/** In order: each package is compiled against the declarations of those built before it, as its users will. */
async function buildPackages(): Promise<void> {
  for (const name of publishedPackages) {
    await buildPackage(name)
    console.log(`built packages/${name}/dist`)
  }
}

/** The published hub brings the page along; in the workspace it serves the dashboard's own dist. */
async function buildPageForHub(): Promise<void> {
  console.log(await buildPage())
  const copy = `packages/hub/.page-${process.pid}`
  cpSync('packages/dashboard/dist', copy, { recursive: true })
  swapFolder(copy, 'packages/hub/page')
}

const results = await Promise.allSettled([buildPackages(), buildPageForHub()])
for (const result of results.filter(({ status }) => status === 'rejected')) {
  console.error('reason' in result && result.reason instanceof Error ? result.reason.message : result)
  process.exitCode = 1
}
