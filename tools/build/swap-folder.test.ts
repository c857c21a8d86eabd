import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { swapFolder } from './swap-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'breakwater-swap-'))
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

test('swapFolder() leaves nothing of what was there before', () => {
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(join(root, 'dist', 'stale.js'), '')
  mkdirSync(join(root, 'new'))
  writeFileSync(join(root, 'new', 'fresh.js'), '')

  swapFolder(join(root, 'new'), join(root, 'dist'))

  expect(readdirSync(join(root, 'dist'))).toEqual(['fresh.js'])
  expect(readdirSync(root)).toEqual(['dist'])
})

test('swapFolder() needs nothing to be there before', () => {
  mkdirSync(join(root, 'new'), { recursive: true })

  swapFolder(join(root, 'new'), join(root, 'dist'))

  expect(existsSync(join(root, 'dist'))).toBe(true)
})
