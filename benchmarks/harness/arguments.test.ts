import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

test('readArguments() asks for everything when nothing is given', () => {
  expect(readArguments([])).toEqual({
    ...{ jsonFile: undefined, suites: [], rounds: undefined },
    ...{ isQuick: false, isList: false, isHelp: false },
  })
})

test('readArguments() takes a file, several suites, rounds, the list and a quick run', () => {
  const args = [
    '--json',
    'a.json',
    '--suite',
    'retry',
    '--suite',
    'stack',
    '--rounds',
    '5',
    '--list',
    '--quick',
  ]

  expect(readArguments(args)).toEqual({
    ...{ jsonFile: 'a.json', suites: ['retry', 'stack'], rounds: 5 },
    ...{ isQuick: true, isList: true, isHelp: false },
  })
})

test('readArguments() refuses rounds that are no number of rounds, with the value', () => {
  expect(() => readArguments(['--rounds', '0'])).toThrow("must be an integer >= 1: current value is '0'")
})

test('readArguments() refuses an option that does not exist', () => {
  expect(() => readArguments(['--fast'])).toThrow("'--fast'")
})
