import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('readConfig() fills in the defaults', () => {
  expect(readConfig([])).toEqual({
    ...{ port: 4_700, dataDir: '.breakwater', ratePerSecond: 40, seed: 1, seconds: 60, jsonFile: null },
  })
})

test('readConfig() takes what is given', () => {
  expect(readConfig(['--seconds', '90', '--json', 'out.json', '--seed', '7'])).toMatchObject({
    ...{ seconds: 90, jsonFile: 'out.json', seed: 7 },
  })
})

test('readConfig() refuses a number out of range, naming option and value', () => {
  expect(() => readConfig(['--seconds', '29'])).toThrow(
    `Cannot start the fleet as 'seconds' must be a whole number from 30 to 3600: current value is "29"`,
  )
})

test('readConfig() refuses an option that does not exist', () => {
  expect(() => readConfig(['--sekonds', '60'])).toThrow('--sekonds')
})

test('readConfig() asks for help when help is wanted', () => {
  expect(readConfig(['--help'])).toBe('help')
})
