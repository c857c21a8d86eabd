import type { GroupListView } from 'breakwater/protocol'
import { mkdir } from 'node:fs/promises'
import { chromium, type Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { systemClock } from '../src/clock/system-clock.ts'
import { until } from '../src/clock/until.ts'
import type { Fleet } from '../src/fleet/fleet.ts'
import { callJson } from '../src/http/call-json.ts'
import type { ServiceBooks } from '../src/instrument/service-books.ts'
import { outageFigures } from '../src/report/outage-figures.ts'
import { readServiceBooks } from '../src/report/read-books.ts'
import { findChromium } from './config/find-chromium.ts'
import { temporaryFleet } from './temporary-fleet.ts'

const executablePath = findChromium()
const screenshots = new URL('../../../screenshots/', import.meta.url).pathname
const soon = { withinMs: 30_000 }

if (executablePath === undefined) {
  process.stderr.write('Skipped: there is no Chromium; name one in BREAKWATER_CHROMIUM.\n')
}

test.skipIf(executablePath === undefined)(
  'an outage of payments started in the Lab opens the breaker, spares the users, is counted exactly, and ends in a closed breaker',
  { timeout: 120_000 },
  async () => {
    await mkdir(screenshots, { recursive: true })
    await using temporary = await temporaryFleet(40)
    const { fleet } = temporary
    const browser = await chromium.launch({
      ...(executablePath !== undefined && { executablePath }),
      args: ['--no-sandbox'],
    })
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
      const outage = await runOutage(page, fleet)
      const books = await readServiceBooks(fleet.processes.protected)
      const figures = outageFigures({ target: 'payments', kind: 'errors', ...outage }, books)
      expect(figures.decidingFailureToOpenMs).toBeLessThan(100)
      expect(figures.healthyToClosedMs).toBeLessThan(5_000)
      expect(fleet.load.protected.totals()).toMatchObject({ errors: 0, dropped: 0 })
      expect(fleet.load.protected.totals().degraded).toBeGreaterThan(10)
      expect(fleet.load.unprotected.totals().errors).toBeGreaterThan(10)
      await expectExactCount(page, fleet, books)
    } finally {
      await browser.close()
    }
  },
)

/** Starts and ends an outage as a person would, and looks at the breaker meanwhile. */
async function runOutage(page: Page, fleet: Fleet): Promise<{ startedAt: number; healthyAt: number }> {
  await page.goto(fleet.url)
  await page.getByRole('link', { name: 'Lab' }).click()
  await page.getByText('Both storefronts get the same').waitFor()
  const startedAt = systemClock.epochNow()
  await page.getByRole('button', { name: /^Errors in payments/ }).click()
  await page.getByRole('button', { name: 'Stop errors in payments' }).waitFor()
  await until(systemClock, () => (fleet.load.unprotected.totals().errors > 60 ? true : undefined), soon)
  await page.screenshot({ path: `${screenshots}lab-outage.png`, fullPage: true })
  await page.getByRole('link', { name: 'Policies' }).click()
  await breaker(page)
    .getByText(/^\W*open$/)
    .waitFor()
  await page.screenshot({ path: `${screenshots}policies-outage.png`, fullPage: true })
  await page.getByRole('link', { name: 'Lab' }).click()
  await page.getByRole('button', { name: 'Stop errors in payments' }).click()
  await page.getByText('No fault is in force.').waitFor()
  const healthyAt = await until(systemClock, () => healthyMoment(fleet), soon)
  await page.getByRole('link', { name: 'Policies' }).click()
  await breaker(page)
    .getByText(/^\W*closed$/)
    .waitFor()
  await page.screenshot({ path: `${screenshots}policies-recovered.png`, fullPage: true })
  return { startedAt, healthyAt: healthyAt ?? Infinity }
}

/** When the last fault was gone; the controller took it out of the service before it said so. */
function healthyMoment({ board }: Fleet): number | undefined {
  return board.faults.length === 0 ? systemClock.epochNow() : undefined
}

function breaker(page: Page): ReturnType<Page['locator']> {
  return page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'payments in storefront' }) })
}

/** The group of the outage has as many occurrences as attempts failed by the storefront's own count. */
async function expectExactCount(page: Page, fleet: Fleet, books: ServiceBooks): Promise<void> {
  const failed = books.failures.filter(({ breaker: name }) => name === 'payments').length
  const group = await until(systemClock, () => findGroup(fleet.url, failed), soon)
  await page.getByRole('link', { name: 'Errors' }).click()
  const row = page.getByRole('row').filter({ hasText: 'POST /charges was answered' })
  await row.getByRole('cell', { name: String(failed), exact: true }).waitFor()
  await row.getByRole('link').first().click()
  await page.getByText('Grouped by').waitFor()
  await page.screenshot({ path: `${screenshots}errors-group.png`, fullPage: true })
  expect(failed).toBeGreaterThan(4)
  expect(group?.count).toBe(failed)
}

async function findGroup(
  hubUrl: string,
  count: number,
): Promise<GroupListView['groups'][number] | undefined> {
  const { groups } = (await callJson(`${hubUrl}/api/v1/groups?service=storefront`)) as GroupListView
  return groups.find((group) => group.message.startsWith('POST /charges') && group.count === count)
}
