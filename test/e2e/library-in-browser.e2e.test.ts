import { chromium, type Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { toolEnvironment } from '../../tools/config/environment.ts'
import { bundle } from '../../tools/size/bundle.ts'
import { findChromium } from '../../tools/suite/find-chromium.ts'
import { expectedResults } from '../everywhere/expected-results.ts'

const { chromiumPath, searchPath } = toolEnvironment()
const executablePath = findChromium(chromiumPath, searchPath)
const origin = 'http://everywhere.test'
const program =
  "import { runScenarios } from './test/everywhere/scenarios.ts'\nglobalThis.results = runScenarios()\n"
const document =
  '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/program.js"></script>'

/** Answers the page and its script without a server; anything else is refused and shows as a complaint. */
async function serve(page: Page, script: string): Promise<void> {
  await page.route(`${origin}/`, (route) => route.fulfill({ contentType: 'text/html', body: document }))
  await page.route(`${origin}/program.js`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: script }),
  )
}

test.skipIf(executablePath === undefined)(
  'the pure entry does in Chromium what it does in Node, and complains of nothing',
  async () => {
    const { code, imports } = await bundle({ source: program })
    await using browser = await chromium.launch({
      executablePath: String(executablePath),
      args: ['--no-sandbox'],
    })
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => complaints.push(message.text()))
    await serve(page, code)

    await page.goto(`${origin}/`)
    const results: unknown = await page.evaluate('globalThis.results')

    expect(results).toEqual(expectedResults)
    expect(complaints).toEqual([])
    expect(imports).toEqual([])
    expect(code.match(/\b(?:from|import|require)\b[\s(]*["'`]node:/)).toBeNull()
  },
)
