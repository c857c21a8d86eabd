import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { importing } from './bundle-size.ts'
import { type SizeBudget, sizeBudgets } from './budgets.ts'
import { measureSizes } from './measure-sizes.ts'
import { sizeTable, staleSizes, withSizes } from './size-table.ts'
import { weighModules } from './weigh-modules.ts'

const page = join(import.meta.dirname, '../../docs/comparison.md')
const isWritten = process.argv.includes('--write')
const isExplained = process.argv.includes('--explain')
const kilobytes = (value: number): string => `${(value / 1000).toFixed(1)} KB`

async function judge({ title, names = [], maxGzipBytes, targetGzipBytes }: SizeBudget): Promise<void> {
  const { gzipBytes, modules } = await bundle({ source: importing(names) })
  const isKept = gzipBytes <= maxGzipBytes
  const debt = gzipBytes > targetGzipBytes ? `, above the target of ${kilobytes(targetGzipBytes)}` : ''
  console.log(
    `${isKept ? 'ok    ' : 'FAILED'} ${title}: ${kilobytes(gzipBytes)} of ${kilobytes(maxGzipBytes)} gzip${debt}`,
  )
  if (!isKept) process.exitCode = 1
  if (!isExplained) return
  for (const weight of weighModules(modules))
    console.log(
      `${String(weight.gzipBytes).padStart(8)} gzip ${String(weight.minifiedBytes).padStart(6)} minified  ${weight.path}`,
    )
}

async function compare(): Promise<void> {
  const sizes = await measureSizes()
  const known = readFileSync(page, 'utf8')
  if (isWritten) return writeFileSync(page, withSizes(known, sizeTable(sizes)))
  const stale = staleSizes(known, sizes)
  console.log(
    stale.length === 0
      ? `ok     ${sizes.length} bundles side by side: as in docs/comparison.md`
      : `FAILED docs/comparison.md, to be written with --write:\n${stale.join('\n')}`,
  )
  if (stale.length > 0) process.exitCode = 1
}

for (const budget of sizeBudgets) await judge(budget)
await compare()
