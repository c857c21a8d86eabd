import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { suitesNamed } from '../suites.ts'
import { benchmarkPage, chartPath } from './benchmark-page.ts'
import { readResult } from './read-result.ts'
import { suiteChart } from './suite-chart.ts'

const [file, folder = resolve(import.meta.dirname, '../../docs')] = process.argv.slice(2)

function write(from: string): void {
  const result = readResult(readFileSync(from, 'utf8'))
  const page = join(folder, 'benchmarks.md')
  mkdirSync(join(folder, 'images'), { recursive: true })
  writeFileSync(page, benchmarkPage(result, suitesNamed([])))
  for (const suite of new Set(result.rows.map((row) => row.suite))) {
    const rows = result.rows.filter((row) => row.suite === suite)
    writeFileSync(join(folder, chartPath(suite)), suiteChart(suite, rows))
  }
  console.log(`wrote ${page} and its charts`)
}

try {
  if (file === undefined) throw new TypeError('Usage: report-page/main.ts RESULT.json [FOLDER]')
  write(file)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
