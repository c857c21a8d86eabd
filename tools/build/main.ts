import { buildPage } from '../page/build-page.ts'
import { buildPackage } from './build-package.ts'
import { publishedPackages } from './packages.ts'

/** In order: each package is compiled against the declarations of those built before it, as its users will. */
async function buildPackages(): Promise<void> {
  for (const name of publishedPackages) {
    await buildPackage(name)
    console.log(`built packages/${name}/dist`)
  }
}

async function showPage(): Promise<void> {
  console.log(await buildPage())
}

const results = await Promise.allSettled([buildPackages(), showPage()])
for (const result of results.filter(({ status }) => status === 'rejected')) {
  console.error('reason' in result && result.reason instanceof Error ? result.reason.message : result)
  process.exitCode = 1
}
