import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkTimeAndChance } from './time-and-chance.ts'

const linesOf = (path: string, text: string): number[] =>
  checkTimeAndChance([sourceFile(path, text)]).map(({ line }) => line)

test('checkTimeAndChance() names the call and the folder it belongs in', () => {
  const offences = checkTimeAndChance([sourceFile('packages/hub/src/app.ts', 'const now = Date.now()')])

  expect(offences).toEqual([
    {
      path: 'packages/hub/src/app.ts',
      line: 1,
      rule: 'time-and-chance',
      message: "'Date.now' belongs in a clock/ folder; take it as an option",
    },
  ])
})

test('checkTimeAndChance() finds timers called, passed on, and read from the global object', () => {
  const text = 'setTimeout(f, 1)\nconst wait = setInterval\nglobalThis.setImmediate(f)\nwindow.setTimeout(f)'

  expect(linesOf('src/a.ts', text)).toEqual([1, 2, 3, 4])
})

test('checkTimeAndChance() tells a Date of now from a Date of a given time', () => {
  expect(linesOf('src/a.ts', 'new Date(0)\nnew Date()\nnew Date(row.at)')).toEqual([2])
})

test('checkTimeAndChance() finds modules of timers and functions of chance', () => {
  const text =
    "import { setTimeout as sleep } from 'node:timers/promises'\nimport { randomUUID } from 'node:crypto'\n"

  expect(linesOf('src/a.ts', text)).toContain(1)
  expect(linesOf('src/a.ts', text)).toContain(2)
})

test('checkTimeAndChance() holds tests to the rule too', () => {
  expect(linesOf('src/a.test.ts', 'await new Promise((done) => setTimeout(done, 50))')).toEqual([1])
})

test('checkTimeAndChance() allows time in clock/ and chance in random/, not the other way round', () => {
  expect(linesOf('src/clock/system-clock.ts', 'Date.now()')).toEqual([])
  expect(linesOf('src/random/system-random.ts', 'Math.random()')).toEqual([])
  expect(linesOf('src/clock/system-clock.ts', 'Math.random()')).toEqual([1])
})

test('checkTimeAndChance() lets methods and options of the same name pass', () => {
  expect(
    linesOf(
      'src/a.ts',
      'clock.setTimeout(f)\nconst o = { setTimeout: f }\nfunction g(setTimeout) { setTimeout(f) }',
    ),
  ).toEqual([])
})
