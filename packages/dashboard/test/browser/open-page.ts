import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumPath } from '../config.ts'
import { type MockHub, type MockMode, startMockHub } from '../mock-hub.ts'

/** Whether there is a browser; tests that need one are skipped without. */
export const hasChromium: boolean = existsSync(chromiumPath)

if (!hasChromium)
  console.warn(`No Chromium at ${chromiumPath} (CHROMIUM_PATH): the tests of the page are skipped.`)

/** Starts the browser. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--headless'] })
}

/** How a page is opened. */
export interface Opening {
  readonly path?: string
  readonly mode?: MockMode
  readonly scheme?: 'light' | 'dark'
  readonly width?: number
  /** Changes the mock before the page asks it. */
  readonly prepare?: (hub: MockHub) => void
}

/** An opened page and the hub behind it. */
export interface Opened extends AsyncDisposable {
  readonly page: Page
  readonly hub: MockHub
  /** What the browser complained about: broken policies, errors of scripts. */
  readonly complaints: readonly string[]
}

/** Opens the built page on a mock hub of its own. */
export async function openPage(browser: Browser, opening: Opening = {}): Promise<Opened> {
  const { path = '/', mode = 'loaded', scheme = 'light', width = 1_280, prepare } = opening
  const hub = await startMockHub()
  hub.mode = mode
  prepare?.(hub)
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('503')) complaints.push(message.text())
  })
  await page.goto(hub.url + path)
  const close = async (): Promise<void> => {
    await context.close()
    await hub.close()
  }
  return { page, hub, complaints, [Symbol.asyncDispose]: close }
}
