import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkLayers } from './layers.ts'

const isAllowed = (path: string, specifier: string): boolean =>
  checkLayers([sourceFile(path, `import { x } from '${specifier}'`)]).length === 0

const library = 'packages/breakwater/src'

test('checkLayers() says what is imported and which direction it breaks', () => {
  const offences = checkLayers([
    sourceFile(`${library}/retry/retry.ts`, "\nimport { readFileSync } from 'node:fs'"),
  ])

  expect(offences).toEqual([
    {
      path: `${library}/retry/retry.ts`,
      line: 2,
      rule: 'layers',
      message:
        "imports 'node:fs': the library imports nothing; only src/node/ and src/testing/node/ may import node:*",
    },
  ])
})

test('checkLayers() keeps packages and node:* out of the library and lets src/node/ have node:* only', () => {
  expect(isAllowed(`${library}/faults/classify.ts`, 'lodash')).toBe(false)
  expect(isAllowed(`${library}/node/spool.ts`, 'node:fs')).toBe(true)
  expect(isAllowed(`${library}/node/spool.ts`, 'lodash')).toBe(false)
  expect(isAllowed(`${library}/testing/fake-clock.ts`, 'node:net')).toBe(false)
  expect(isAllowed(`${library}/testing/node/listener.ts`, 'node:net')).toBe(true)
  expect(isAllowed(`${library}/testing/node/listener.ts`, 'lodash')).toBe(false)
  expect(isAllowed(`${library}/testing/index.ts`, './node/listener.ts')).toBe(false)
  expect(isAllowed(`${library}/node/spool.ts`, '../testing/node/listener.ts')).toBe(false)
})

test('checkLayers() keeps policies apart, types included', () => {
  expect(isAllowed(`${library}/retry/retry.ts`, '../circuit-breaker/circuit-breaker.ts')).toBe(false)
  expect(isAllowed(`${library}/retry/retry.ts`, './backoff.ts')).toBe(true)
  expect(isAllowed(`${library}/retry/retry.ts`, '../clock/clock.ts')).toBe(true)
  expect(isAllowed(`${library}/pipeline/compile.ts`, '../retry/retry.ts')).toBe(true)
})

test('checkLayers() keeps a policy from what is built from policies', () => {
  expect(isAllowed(`${library}/bulkhead/bulkhead.ts`, '../runtime/runtime.ts')).toBe(false)
})

test('checkLayers() lets protocol import itself and nothing else', () => {
  expect(isAllowed(`${library}/protocol/views/group-view.ts`, '../fault-facts.ts')).toBe(true)
  expect(isAllowed(`${library}/protocol/report.ts`, '../faults/fault.ts')).toBe(false)
})

test("checkLayers() keeps the hub's logic from stores and HTTP, but not from the store's interface", () => {
  expect(isAllowed('packages/hub/src/group/grouper.ts', '../store/sqlite/group-rows.ts')).toBe(false)
  expect(isAllowed('packages/hub/src/ingest/native/read.ts', '../../http/problem.ts')).toBe(false)
  expect(isAllowed('packages/hub/src/control/overrides.ts', 'fastify')).toBe(false)
  expect(isAllowed('packages/hub/src/group/grouper.ts', '../store/store.ts')).toBe(true)
  expect(isAllowed('packages/hub/src/app.ts', './store/sqlite/open.ts')).toBe(true)
})

test('checkLayers() limits what hub, CLI and page know of the library', () => {
  expect(isAllowed('packages/hub/src/app.ts', 'breakwater/node')).toBe(true)
  expect(isAllowed('packages/hub/src/app.ts', '@breakwater/cli')).toBe(false)
  expect(isAllowed('packages/cli/src/status.ts', '@breakwater/hub')).toBe(true)
  expect(isAllowed('packages/cli/src/status.ts', 'breakwater/testing')).toBe(false)
  expect(isAllowed('packages/dashboard/src/app/page.tsx', 'breakwater/protocol')).toBe(true)
  expect(isAllowed('packages/dashboard/src/app/page.tsx', 'breakwater')).toBe(false)
})

test('checkLayers() lets the page go from app to features to shared and not back or across', () => {
  expect(isAllowed('packages/dashboard/src/features/errors/list.tsx', '../../shared/http/request.ts')).toBe(
    true,
  )
  expect(isAllowed('packages/dashboard/src/features/errors/list.tsx', '../policies/card.tsx')).toBe(false)
  expect(isAllowed('packages/dashboard/src/features/errors/list.tsx', './row.tsx')).toBe(true)
  expect(isAllowed('packages/dashboard/src/shared/page.ts', '../app/routes.ts')).toBe(false)
})

test('checkLayers() refuses a path into another package', () => {
  expect(isAllowed('packages/hub/src/app.ts', '../../breakwater/src/index.ts')).toBe(false)
})

test('checkLayers() lets tests import what they test with', () => {
  expect(isAllowed(`${library}/retry/retry.test.ts`, 'vitest')).toBe(true)
})
