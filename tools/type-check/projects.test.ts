import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findProjects } from './projects.ts'

const root = mkdtempSync(join(tmpdir(), 'breakwater-projects-'))
afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

test('findProjects() finds each folder with a configuration of its own, and skips one without', () => {
  for (const folder of ['packages/hub', 'packages/empty', 'examples/fleet', 'tools'])
    mkdirSync(join(root, folder), { recursive: true })
  for (const folder of ['packages/hub', 'examples/fleet', 'tools'])
    writeFileSync(join(root, folder, 'tsconfig.json'), '{}')

  expect(findProjects(root)).toEqual(['packages/hub', 'examples/fleet', 'tools'])
})
