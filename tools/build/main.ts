import { cpSync } from 'node:fs'
import { buildPage } from '../page/build-page.ts'
import { buildPackage } from './build-package.ts'
import { publishedPackages } from './packages.ts'
import { swapFolder } from './swap-folder.ts'

const page = buildPage()
for (const name of publishedPackages) {
  await buildPackage(name)
  console.log(`built ${name}`)
}
console.log(await page)

/* The published hub brings the page along; in the workspace it serves the dashboard's own dist. */
const copy = `packages/hub/.page-${process.pid}`
cpSync('packages/dashboard/dist', copy, { recursive: true })
swapFolder(copy, 'packages/hub/page')
