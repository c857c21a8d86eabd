import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launch, openPage } from './browser/open-page.ts'
import { everyView } from './browser/views.ts'
import { hostileText } from './mock/hostile.ts'

describe.skipIf(!hasChromium)('the states of the page', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it.each(everyView)(
    '%s shows what it loaded, without a complaint of the browser',
    async (_name, path, loaded) => {
      await using opened = await openPage(browser, { path })

      await opened.page.locator('main').getByText(loaded).first().waitFor()

      expect(opened.complaints).toEqual([])
    },
  )

  it.each([
    ['overview', '/', 'No service reports yet.'],
    ['overview', '/', 'No errors in the last 15 minutes.'],
    ['errors', '/errors', 'No errors in the last 15 minutes.'],
    ['services', '/services', 'No service has reported in this range.'],
    ['policies', '/policies', 'No service has reported a policy in this range.'],
    ['policies', '/policies', 'Nobody has overridden a breaker yet.'],
  ])('%s at %s says when it is empty: %s', async (_name, path, words) => {
    await using opened = await openPage(browser, { path, mode: 'empty' })

    await opened.page.getByText(words).waitFor()

    expect(await opened.page.locator('main [role=alert]').count()).toBe(0)
  })

  it.each([
    ['errors', '/errors?severity=fatal', 'severity:fatal', 'payments answered 503'],
    ['services', '/services?q=nowhere', '"nowhere"', 'inventory'],
    ['policies', '/policies?kind=bulkhead&q=nowhere', 'kind:bulkhead "nowhere"', 'sqlite'],
  ])('%s says that nothing matches, and clears the filters', async (_name, path, filters, afterwards) => {
    await using opened = await openPage(browser, { path })
    const { page } = opened

    await page.getByText(`Nothing matches ${filters}.`).waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()

    await page.locator('main').getByText(afterwards).first().waitFor()
    expect(new URL(page.url()).search).toBe('')
  })

  it.each([
    ['overview', '/', 'the overview'],
    ['errors', '/errors', 'the errors'],
    ['services', '/services', 'the services'],
    ['service', '/services/storefront', 'this service'],
    ['policies', '/policies', 'the policies'],
    ['settings', '/settings', "the hub's state"],
  ])('%s says what failed and recovers at a retry', async (_name, path, what) => {
    await using opened = await openPage(browser, { path, mode: 'failing' })
    const { page, hub } = opened
    const alert = page.getByRole('alert').filter({ hasText: `Could not load ${what} since` })
    await alert.getByText('The hub answered 503: The store does not answer').waitFor()

    hub.mode = 'loaded'
    await alert.getByRole('button', { name: 'Try now' }).click()

    await alert.waitFor({ state: 'detached' })
  })

  it.each([
    ['overview', '/', 'Loading the overview…'],
    ['errors', '/errors', 'Loading the errors…'],
    ['services', '/services', 'Loading the services…'],
    ['policies', '/policies', 'Loading the policies…'],
    ['lab', '/lab', 'Loading the lab…'],
    ['settings', '/settings', "Loading the hub's state…"],
  ])('%s says that it is loading', async (_name, path, words) => {
    await using opened = await openPage(browser, { path, mode: 'slow' })

    await opened.page.getByRole('status').filter({ hasText: words }).waitFor()
  })

  it.each(everyView)('%s shows markup from the wire as text', async (_name, path) => {
    await using opened = await openPage(browser, { path, mode: 'hostile' })
    const { page } = opened
    if (!path.startsWith('/settings'))
      await page.locator('main').getByText(hostileText).filter({ visible: true }).first().waitFor()
    else await page.getByText('Reports accepted').waitFor()

    const found = await page.evaluate(() => [
      document.querySelectorAll('main img, main script').length,
      'hacked' in window,
    ])

    expect(found).toEqual([0, false])
    expect(opened.complaints).toEqual([])
  })

  it('a view that does not exist says so', async () => {
    await using opened = await openPage(browser, { path: '/nowhere' })

    await opened.page.getByText('There is no view at /nowhere.').waitFor()
  })

  it('a group that the hub does not know is no failure', async () => {
    await using opened = await openPage(browser, { path: '/errors/0000' })

    await opened.page.getByText('The hub does not know this group').waitFor()
  })

  it('the lab is not in the rail when no fleet is connected', async () => {
    await using opened = await openPage(browser, { prepare: (hub) => void (hub.store.hasLab = false) })
    await opened.page.getByText('payments: circuit open since').waitFor()

    expect(await opened.page.getByRole('navigation').getByRole('link').allInnerTexts()).toEqual([
      'Overview',
      'Errors',
      expect.stringMatching(/^Services/),
      expect.stringMatching(/^Policies/),
      'Settings',
    ])
  })
})
