import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launch, openPage } from './browser/open-page.ts'
import { everyView } from './browser/views.ts'

describe.skipIf(!hasChromium)('access to the page', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it.each(everyView)('%s has no serious finding of axe in light', async (_name, path, loaded) => {
    await using opened = await openPage(browser, { path, scheme: 'light' })
    await opened.page.locator('main').getByText(loaded).first().waitFor()

    expect(await seriousFindings(opened.page)).toEqual([])
  })

  it.each(everyView)('%s has no serious finding of axe in dark', async (_name, path, loaded) => {
    await using opened = await openPage(browser, { path, scheme: 'dark' })
    await opened.page.locator('main').getByText(loaded).first().waitFor()

    expect(await seriousFindings(opened.page)).toEqual([])
  })

  it('the dialog of an override has no serious finding of axe', async () => {
    await using opened = await openPage(browser, { path: '/policies', scheme: 'dark' })
    await opened.page.getByRole('button', { name: 'Override payments in storefront' }).click()

    expect(await seriousFindings(opened.page)).toEqual([])
  })

  it.each(everyView)('%s does not scroll sideways at 390 px', async (_name, path, loaded) => {
    await using opened = await openPage(browser, { path, width: 390 })
    await opened.page.locator('main').getByText(loaded).first().waitFor()

    const overflow = await opened.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )

    expect(overflow).toBeLessThanOrEqual(0)
  })

  it('the overview fits 1280 × 800 without scrolling', async () => {
    await using opened = await openPage(browser)
    await opened.page.getByText('payments: circuit open since').waitFor()

    expect(await opened.page.evaluate(() => document.documentElement.scrollHeight)).toBe(800)
  })

  it('opens views, help and search by keys', async () => {
    await using opened = await openPage(browser)
    const { page } = opened
    await page.getByText('payments: circuit open since').waitFor()

    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await page.getByRole('heading', { name: 'Policies', level: 1 }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('payments.ch')
    await page.keyboard.press('Enter')
    await page.getByText('Charts show payments.charge only.').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('inventory')
    await page.getByRole('option', { name: 'service inventory' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')

    await page.getByRole('heading', { name: 'inventory', level: 2 }).waitFor()
  })

  it('walks a list by keys, opens a line and gives the focus back', async () => {
    await using opened = await openPage(browser, { path: '/errors' })
    const { page } = opened
    await page.getByText('payments answered 503').waitFor()

    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /CircuitOpenError/ }).waitFor()
    expect(await focusedText(page)).toMatch(/^CircuitOpenError: /)
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: /CircuitOpenError/ }).waitFor({ state: 'detached' })

    expect(await focusedText(page)).toMatch(/^CircuitOpenError Circuit/)
  })

  it('keeps the focus in a dialog and gives it back', async () => {
    await using opened = await openPage(browser, { path: '/policies' })
    const { page } = opened
    await page.getByRole('button', { name: 'Override payments in storefront' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()

    expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Override payments in storefront',
    )
  })
})

async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  })
}

function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '')
}

declare global {
  interface Window {
    readonly axe: typeof axe
  }
}
