import { expect, test } from 'vitest'
import { loadCommandsOf } from './load-commands.ts'

test('loadCommandsOf() imports each entry that has code by the name users import it by', () => {
  const manifest =
    '{ "name": "breakwater", "exports": { ".": { "default": "./dist/index.js" }, "./node": { "default": "./dist/n.js" }, "./package.json": "./package.json" } }'

  const commands = loadCommandsOf('packages/breakwater', manifest)

  expect(commands.map(({ title }) => title)).toEqual(["import 'breakwater'", "import 'breakwater/node'"])
  expect(commands[1]?.arguments).toEqual(['--input-type=module', '--eval', "await import('breakwater/node')"])
})

test('loadCommandsOf() asks each command for help', () => {
  const manifest = '{ "name": "@breakwater/cli", "bin": { "breakwater": "./dist/main.js" } }'

  expect(loadCommandsOf('packages/cli', manifest)).toEqual([
    { title: 'breakwater --help', arguments: ['packages/cli/dist/main.js', '--help'] },
  ])
})
