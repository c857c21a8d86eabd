import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findChromium } from './find-chromium.ts'

const root = mkdtempSync(join(tmpdir(), 'breakwater-chromium-'))
const browser = join(root, 'bin', 'chromium')
mkdirSync(join(root, 'bin'))
writeFileSync(browser, '')
chmodSync(browser, 0o755)
afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

test('findChromium() takes the first on the search path', () => {
  expect(findChromium(undefined, [join(root, 'none'), join(root, 'bin')].join(delimiter))).toBe(browser)
})

test('findChromium() takes the one that is named, and no other when that is missing', () => {
  expect(findChromium(browser, '')).toBe(browser)
  expect(findChromium(join(root, 'gone'), join(root, 'bin'))).toBeUndefined()
})

test('findChromium() answers undefined without one', () => {
  expect(findChromium(undefined, join(root, 'none'))).toBeUndefined()
})
