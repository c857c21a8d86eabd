import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { publishedPackages } from '../build/packages.ts'
import { firstDifference } from './first-difference.ts'
import { reportPackage } from './package-report.ts'

const writes = process.argv.includes('--write')

for (const name of publishedPackages) {
  const path = `packages/${name}/api.txt`
  const current = reportPackage(`packages/${name}`)
  if (current === '') continue
  if (writes) writeFileSync(path, current)
  const difference = firstDifference(existsSync(path) ? readFileSync(path, 'utf8') : '', current)
  if (difference === undefined) continue
  console.log(
    `${path}: the public names changed; if they should, run 'npm run api -- --write' (${difference})`,
  )
  process.exitCode = 1
}
