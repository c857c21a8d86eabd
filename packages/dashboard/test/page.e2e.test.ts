import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launch, openPage } from './browser/open-page.ts'
import { fingerprint } from './mock/groups.ts'

describe.skipIf(!hasChromium)('the page', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it('restores range, filters and the open panel from the address', async () => {
    const path = `/errors/${fingerprint(0)}?range=1h&severity=high&sort=last&q=503`
    await using opened = await openPage(browser, { path })
    const { page } = opened

    await page
      .getByRole('heading', { name: 'UpstreamError: payments answered 503 to POST /charge' })
      .waitFor()

    expect(await page.getByLabel('Time range').inputValue()).toBe('1h')
    expect(await page.getByLabel('Severity').inputValue()).toBe('high')
    expect(await page.getByLabel('Order').inputValue()).toBe('last')
    expect(await page.getByLabel('Text').inputValue()).toBe('503')
  })

  it('writes filters and selection to the address, and the back button takes the selection back', async () => {
    await using opened = await openPage(browser, { path: '/services' })
    const { page } = opened
    await page.getByLabel('State').selectOption('failing')

    await page.getByRole('link', { name: 'payments' }).click()
    await page.getByRole('heading', { name: 'payments', level: 2 }).waitFor()

    expect(addressOf(page)).toBe('/services/payments?state=failing')
    await page.goBack()
    expect(addressOf(page)).toBe('/services?state=failing')
  })

  it('keeps the range, but not the filters, from view to view', async () => {
    await using opened = await openPage(browser, { path: '/errors?range=6h&q=503' })

    await opened.page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click()

    expect(addressOf(opened.page)).toBe('/settings?range=6h')
  })

  it('zooms into what is dragged on a chart, and back restores the range', async () => {
    await using opened = await openPage(browser)
    const { page } = opened
    const area = await page.locator('.u-over').first().boundingBox()
    if (!area) throw new Error('The chart has no area')

    await page.mouse.move(area.x + 100, area.y + 40)
    await page.mouse.down()
    await page.mouse.move(area.x + 200, area.y + 40, { steps: 5 })
    await page.mouse.up()
    await page.getByRole('button', { name: 'Paused' }).waitFor()

    const { searchParams } = new URL(page.url())
    const seconds = (Number(searchParams.get('to')) - Number(searchParams.get('from'))) / 1_000
    expect(seconds).toBeGreaterThan(60)
    expect(seconds).toBeLessThan(300)
    await page.goBack()
    await page.getByRole('button', { name: 'Live' }).waitFor()
  })

  it('takes a range from a start and an end', async () => {
    await using opened = await openPage(browser)
    const { page } = opened
    await page.getByLabel('Time range').selectOption('custom')
    const dialog = page.getByRole('dialog', { name: 'Time range' })

    await dialog.getByLabel('From').fill('2026-11-23T02:00:00')
    await dialog.getByLabel('To').fill('2026-11-23T01:00:00')
    await dialog.getByRole('button', { name: 'Show' }).click()
    await dialog.getByText('The end must be after the start.').waitFor()
    await dialog.getByLabel('To').fill('2026-11-23T03:00:00')
    await dialog.getByRole('button', { name: 'Show' }).click()

    await dialog.waitFor({ state: 'detached' })
    const { searchParams } = new URL(page.url())
    expect(Number(searchParams.get('to')) - Number(searchParams.get('from'))).toBe(3_600_000)
  })

  it('shows the figures of a chart as a table', async () => {
    await using opened = await openPage(browser)
    const { page } = opened

    await page.getByRole('button', { name: 'Table' }).click()

    const table = page.getByRole('region', { name: 'Outcomes, figures' })
    await table.getByRole('columnheader', { name: 'failed (per second)' }).waitFor()
    expect(await table.getByRole('row').count()).toBeGreaterThan(300)
    await table.getByText('payments: circuit opened').first().waitFor()
  })

  it('overrides a breaker with a reason and a name, shows who holds it and why, and gives it back', async () => {
    await using opened = await openPage(browser, { path: '/policies' })
    const { page, hub } = opened
    await page.getByRole('button', { name: 'Override inventory in storefront' }).click()
    const dialog = page.getByRole('dialog', { name: 'Override inventory in storefront' })

    await dialog.getByLabel('Your name').fill('Mara')
    await dialog.getByRole('button', { name: 'Order it' }).click()
    await dialog.getByText('Say why; it is shown wherever the breaker is shown.').waitFor()
    await dialog.getByLabel('Reason').fill('stock is being counted')
    await dialog.getByRole('button', { name: 'Order it' }).click()
    await dialog.waitFor({ state: 'detached' })

    const breaker = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'inventory in storefront' }) })
    await breaker.getByText('■ forced open', { exact: true }).waitFor()
    await breaker.getByRole('img', { name: 'overridden' }).waitFor()
    await breaker.getByText('stock is being counted').waitFor()
    await page.getByText('from automatic to forced open: stock is being counted').waitFor()
    expect(hub.store.overrides.get('storefront/inventory')).toMatchObject({ mode: 'forced-open', by: 'Mara' })

    await page.getByRole('button', { name: 'Override inventory in storefront' }).click()
    expect(await dialog.getByLabel('Your name').inputValue()).toBe('Mara')
    await dialog.getByLabel('Reason').fill('counted')
    await dialog.getByRole('button', { name: 'Order it' }).click()
    await breaker.getByText('● closed', { exact: true }).waitFor()
    expect(hub.store.overrides.size).toBe(0)
  })

  it('says that an order failed and changed nothing', async () => {
    await using opened = await openPage(browser, { path: '/policies' })
    const { page, hub } = opened
    await page.getByRole('button', { name: 'Override sqlite in inventory' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Your name').fill('Mara')
    await dialog.getByLabel('Reason').fill('test')

    hub.mode = 'failing'
    await dialog.getByRole('button', { name: 'Order it' }).click()

    await dialog.getByText('Nothing was changed. The hub answered 503').waitFor()
  })

  it('starts and stops a fault and the tour in the lab', async () => {
    await using opened = await openPage(browser, { path: '/lab' })
    const { page } = opened
    await page.getByLabel('Requests hit').selectOption('50')

    await page.getByRole('button', { name: 'Errors in payments' }).click()
    await page.getByText('payments: errors 503 on 50 % of requests').waitFor()
    await page.getByRole('button', { name: 'Stop errors in payments' }).click()
    await page.getByText('No fault is in force.').waitFor()

    await page.getByRole('button', { name: 'Start the tour' }).click()
    await page.getByRole('button', { name: 'End the tour' }).click()
    await page.getByRole('button', { name: 'Start the tour' }).waitFor()
  })

  it('keeps the theme that was chosen', async () => {
    await using opened = await openPage(browser, { path: '/settings' })
    const { page } = opened

    await page.getByLabel('Dark').check()
    await page.reload()
    await page.getByLabel('Dark').waitFor()

    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark')
  })

  it('asks for the token when the hub wants one', async () => {
    await using opened = await openPage(browser, { mode: 'locked' })
    const { page } = opened

    await page.getByLabel('Token of this hub').fill('secret')
    await page.getByRole('button', { name: 'Open the session' }).click()

    await page.getByText('payments: circuit open since').first().waitFor()
  })
})

function addressOf(page: Page): string {
  const { pathname, search } = new URL(page.url())
  return pathname + search
}
