import { toolEnvironment } from '../config/environment.ts'
import { formatTally } from '../verify/tally.ts'
import { conclude } from './conclude.ts'
import { findChromium } from './find-chromium.ts'
import { runBrowserTests } from './run-browser-tests.ts'
import { runVitest } from './run-vitest.ts'

const passedOn = process.argv.slice(2)
const { requiresAll, chromiumPath, searchPath } = toolEnvironment()

const runs = [await runVitest({ config: 'vitest.config.ts', arguments: passedOn })]
const notRun: string[] = []

const chromium = findChromium(chromiumPath, searchPath)
if (chromium === undefined) {
  notRun.push('the browser tests: there is no Chromium (install one, or name it in BREAKWATER_CHROMIUM)')
} else {
  runs.push(await runBrowserTests(chromium, passedOn))
}

const conclusion = conclude(runs, notRun, requiresAll)
for (const sentence of conclusion.leftOut) console.log(`skipped: ${sentence}`)
console.log(formatTally(conclusion))
process.exitCode = conclusion.failed === 0 ? 0 : 1
