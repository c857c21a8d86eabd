import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { simulationFiles } from './simulation-files.ts'

const docs = join(import.meta.dirname, '../../docs')
const made = await simulationFiles()
const names = [...made.keys()]

test.each(names)('docs/%s is what the simulations give; else run tools/simulations/main.ts', (name) => {
  expect(readFileSync(join(docs, name), 'utf8')).toBe(made.get(name))
})

test('there is no plot that no simulation makes', () => {
  const plots = readdirSync(join(docs, 'images')).filter((name) => /^simulation-.*\.svg$/.test(name))

  expect(plots.sort()).toEqual(names.flatMap((name) => /^images\/(.*)/.exec(name)?.[1] ?? []).sort())
})

test('no plot is larger than 30 kB', () => {
  const sizes = names.map((name) => Buffer.byteLength(made.get(name) ?? ''))

  expect(Math.max(...sizes)).toBeLessThanOrEqual(30_000)
})
