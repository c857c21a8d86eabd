import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { pageIsStale } from './page-is-stale.ts'

const root = mkdtempSync(join(tmpdir(), 'breakwater-page-'))
afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

function writeAt(path: string, second: number): void {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, '')
  utimesSync(path, second, second)
}

test('pageIsStale() says so when there is no page', () => {
  writeAt(join(root, 'a', 'src', 'main.tsx'), 100)

  expect(pageIsStale(join(root, 'a'))).toBe(true)
})

test('pageIsStale() says no when the page is newer than all it is made of', () => {
  writeAt(join(root, 'b', 'src', 'deep', 'main.tsx'), 100)
  writeAt(join(root, 'b', 'dist', 'index.html'), 101)

  expect(pageIsStale(join(root, 'b'))).toBe(false)
})

test('pageIsStale() says so when a file deep in the sources changed since', () => {
  writeAt(join(root, 'c', 'dist', 'index.html'), 100)
  writeAt(join(root, 'c', 'src', 'deep', 'main.tsx'), 101)

  expect(pageIsStale(join(root, 'c'))).toBe(true)
})
