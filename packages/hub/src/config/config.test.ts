import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('readConfig() reads options from the command line before the environment', () => {
  const config = readConfig(['--port', '0', '--data', 'x'], {
    BREAKWATER_HUB_PORT: '5000',
    BREAKWATER_HUB_MAX_STORE_MB: '64',
  })

  expect(config).toEqual({ port: 0, dataDir: 'x', maxStoreMb: 64 })
})

test('readConfig() answers help when it is asked for', () => {
  expect(readConfig(['--help'], {})).toBe('help')
})

test('readConfig() names option and value when a number is none', () => {
  expect(() => readConfig(['--port', 'http'], {})).toThrow(
    `'port' must be a whole number: current value is "http"`,
  )
})

test('readConfig() names an option that it does not know', () => {
  expect(() => readConfig(['--prot', '1'], {})).toThrow('--prot')
})
