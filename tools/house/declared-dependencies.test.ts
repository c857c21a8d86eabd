import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkDeclaredDependencies } from './declared-dependencies.ts'

const manifest = sourceFile(
  'packages/hub/package.json',
  '{ "name": "@breakwater/hub", "dependencies": { "fastify": "5" }, "devDependencies": { "vitest": "5" } }',
)

test('checkDeclaredDependencies() names an import that only the development dependencies list', () => {
  const file = sourceFile(
    'packages/hub/src/app.ts',
    "import { fastify } from 'fastify'\nimport { test } from 'vitest'",
  )

  const offences = checkDeclaredDependencies([manifest, file])

  expect(offences).toEqual([
    {
      path: 'packages/hub/src/app.ts',
      line: 2,
      rule: 'undeclared',
      message: "'vitest' is not among the dependencies of packages/hub/package.json",
    },
  ])
})

test('checkDeclaredDependencies() lets node:*, relative imports and subpaths of a dependency pass', () => {
  const file = sourceFile(
    'packages/hub/src/app.ts',
    "import 'node:fs'\nimport './b.ts'\nimport 'fastify/types'",
  )

  expect(checkDeclaredDependencies([manifest, file])).toEqual([])
})

test('checkDeclaredDependencies() does not judge tests', () => {
  const file = sourceFile('packages/hub/src/app.test.ts', "import { test } from 'vitest'")

  expect(checkDeclaredDependencies([manifest, file])).toEqual([])
})
