import { bundle } from './bundle.ts'
import { importing } from './bundle-size.ts'
import { type SizeBudget, sizeBudgets } from './budgets.ts'
import { weighModules } from './weigh-modules.ts'

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

for (const budget of sizeBudgets) await judge(budget)
