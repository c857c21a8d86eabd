import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launch, openPage } from './browser/open-page.ts'

describe.skipIf(!hasChromium)('the live page', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it('says that the connection is lost, how old what is shown is, and catches up', async () => {
    await using opened = await openPage(browser)
    const { page, hub } = opened
    await page.getByText('lag').waitFor()

    hub.setReachable(false)
    const bar = page.getByRole('status').filter({ hasText: 'The connection to the hub is lost.' })
    await bar.getByText(/What is shown is \d+ s old\./).waitFor()
    hub.setReachable(true)
    await bar.getByRole('button', { name: 'Reconnect now' }).click()

    await bar.waitFor({ state: 'detached' })
  })

  it('pauses with a fixed range in the address and follows again', async () => {
    await using opened = await openPage(browser, { path: '/?range=5m' })
    const { page } = opened

    await page.getByRole('button', { name: 'Live' }).click()
    await page.getByRole('button', { name: 'Paused' }).waitFor()
    const { searchParams } = new URL(page.url())
    expect(Number(searchParams.get('to')) - Number(searchParams.get('from'))).toBe(300_000)
    await page.getByRole('button', { name: 'Paused' }).click()

    await page.getByRole('button', { name: 'Live' }).waitFor()
    expect(new URL(page.url()).search).toBe('?range=5m')
  })

  it('continues a chart with each tick', async () => {
    await using opened = await openPage(browser)
    const { page } = opened
    await page.getByRole('button', { name: 'Table' }).click()
    const first = page.getByRole('region', { name: 'Outcomes, figures' }).locator('tbody td').first()
    const before = await first.innerText()

    await page.waitForFunction(
      (text) => document.querySelector('.chart-table tbody td')?.textContent !== text,
      before,
    )

    expect(await first.innerText()).not.toBe(before)
  })

  it('does not move a list under the pointer, and offers what is new', async () => {
    await using opened = await openPage(browser, { path: '/errors' })
    const { page, hub } = opened
    await page.getByText('payments answered 503').hover()

    hub.store.extra = 3
    const fresh = page.getByRole('button', { name: '3 new' })
    await fresh.waitFor()
    expect(await page.getByText('rare failure number').count()).toBe(0)
    await fresh.click()

    await page.getByText('rare failure number 2').waitFor()
  })

  it('draws of a thousand rows only those in view', async () => {
    await using opened = await openPage(browser, {
      path: '/services',
      prepare: (hub) => void (hub.store.extra = 995),
    })
    const { page } = opened
    await page.getByRole('link', { name: 'rare-0003' }).waitFor()

    expect(await page.locator('main tbody tr').count()).toBeLessThan(80)
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))

    await page.getByRole('link', { name: 'rare-0994' }).waitFor()
    expect(await page.locator('main tbody tr').count()).toBeLessThan(80)
  })
})
