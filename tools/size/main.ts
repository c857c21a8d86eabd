import { bundleSize } from './bundle-size.ts'
import { sizeBudgets } from './budgets.ts'

for (const { title, names = [], maxGzipBytes, targetGzipBytes } of sizeBudgets) {
  const bytes = await bundleSize(names)
  const isKept = bytes <= maxGzipBytes
  const kilobytes = (value: number): string => `${(value / 1000).toFixed(1)} KB`
  const debt = bytes > targetGzipBytes ? `, above the target of ${kilobytes(targetGzipBytes)}` : ''
  console.log(
    `${isKept ? 'ok    ' : 'FAILED'} ${title}: ${kilobytes(bytes)} of ${kilobytes(maxGzipBytes)} gzip${debt}`,
  )
  if (!isKept) process.exitCode = 1
}
