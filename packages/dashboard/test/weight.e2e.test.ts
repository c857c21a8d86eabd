import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launch, openPage } from './browser/open-page.ts'

const assets = fileURLToPath(new URL('../dist/assets', import.meta.url))

describe('the weight of the page', () => {
  it('is below 150 kB of script, compressed', () => {
    const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'))

    const bytes = scripts.reduce(
      (total, name) => total + gzipSync(readFileSync(join(assets, name))).length,
      0,
    )

    console.log(`script ${bytes} bytes gzip`)
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThan(150_000)
  })
})

describe.skipIf(!hasChromium)('the speed of the page', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
    await using warm = await openPage(browser)
    await warm.page.getByText('payments: circuit open since').waitFor()
  })
  afterAll(() => browser.close())

  it('has its first paint and its headline within a second on loopback', async () => {
    await using opened = await openPage(browser)
    const { page } = opened
    await page.getByText('payments: circuit open since').waitFor()

    const firstPaint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    )
    const largest = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const take = (list: PerformanceObserverEntryList): void =>
            resolve(list.getEntries().at(-1)?.startTime ?? 0)
          new PerformanceObserver(take).observe({ type: 'largest-contentful-paint', buffered: true })
        }),
    )

    console.log(`first paint ${firstPaint} ms, largest paint ${largest} ms`)
    expect(firstPaint).toBeLessThan(1_000)
    expect(largest).toBeLessThan(1_000)
  })
})
