import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { simulationFiles } from './simulation-files.ts'

for (const [name, text] of await simulationFiles()) {
  const path = join(import.meta.dirname, '../../docs', name)
  await writeFile(path, text)
  console.log(`${path}  ${(text.length / 1_000).toFixed(1)} kB`)
}
