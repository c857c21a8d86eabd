import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkAmbient } from './ambient.ts'

const rulesOf = (path: string, text: string): string[] =>
  checkAmbient([sourceFile(path, text)]).map(({ rule }) => rule)

test('checkAmbient() keeps console, process and fetch out of the library, except src/node/', () => {
  const text = 'console.log(1)\nprocess.on("exit", f)\nfetch(url)\nglobalThis.fetch(url)'

  expect(rulesOf('packages/breakwater/src/retry/retry.ts', text)).toEqual(Array(4).fill('pure-library'))
  expect(rulesOf('packages/breakwater/src/node/reporter.ts', text)).toEqual([])
})

test('checkAmbient() lets a function of the same name that was passed in pass', () => {
  expect(rulesOf('packages/breakwater/src/a.ts', 'export const f = (fetch: Fetch) => fetch(url)')).toEqual([])
})

test('checkAmbient() reads the environment in configuration only', () => {
  const text = 'const port = process.env.PORT'

  expect(rulesOf('packages/hub/src/app.ts', text)).toEqual(['environment'])
  expect(rulesOf('packages/hub/src/config/read.ts', text)).toEqual([])
  expect(rulesOf('examples/fleet/src/config.ts', text)).toEqual([])
  expect(rulesOf('packages/hub/test/app.test.ts', text)).toEqual([])
})

test('checkAmbient() lets main.ts end the process and nobody else', () => {
  expect(rulesOf('packages/hub/src/app.ts', 'process.exit(1)')).toEqual(['exit'])
  expect(rulesOf('packages/hub/src/main.ts', 'process.exit(1)')).toEqual([])
})

test('checkAmbient() lets a program that a test starts end itself, but no test', () => {
  expect(rulesOf('packages/breakwater/test/crashing-child.ts', 'process.exit(1)')).toEqual([])
  expect(rulesOf('packages/breakwater/test/crash.test.ts', 'process.exit(1)')).toEqual(['exit'])
})
