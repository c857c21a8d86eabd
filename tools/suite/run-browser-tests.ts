import { buildPage } from '../page/build-page.ts'
import { pageIsStale } from '../page/page-is-stale.ts'
import { runVitest } from './run-vitest.ts'
import type { SuiteResult } from './vitest-tally.ts'

/** Builds the page if it is stale, and runs the tests that drive it in a browser. A page that cannot be built is one failure. */
export async function runBrowserTests(chromium: string, passedOn: readonly string[]): Promise<SuiteResult> {
  try {
    if (pageIsStale('packages/dashboard')) await buildPage()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  return runVitest({
    config: 'vitest.e2e.config.ts',
    arguments: passedOn,
    env: { BREAKWATER_CHROMIUM: chromium },
  })
}
