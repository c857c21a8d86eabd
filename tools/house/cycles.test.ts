import { expect, test } from 'vitest'
import { sourceFile } from '../source/source-file.ts'
import { checkCycles } from './cycles.ts'

test('checkCycles() names the files of a cycle of values once, in order', () => {
  const offences = checkCycles([
    sourceFile('src/a.ts', "import { b } from './b.ts'"),
    sourceFile('src/b.ts', "export { c } from './deep/c.ts'"),
    sourceFile('src/deep/c.ts', "\nimport { a } from '../a.ts'"),
  ])

  expect(offences).toEqual([
    {
      path: 'src/a.ts',
      line: 1,
      rule: 'import-cycle',
      message: 'import cycle by value: src/a.ts -> src/b.ts -> src/deep/c.ts -> src/a.ts',
    },
  ])
})

test('checkCycles() tells a cycle that exists by type only', () => {
  const offences = checkCycles([
    sourceFile('a.ts', "import { b } from './b.ts'"),
    sourceFile('b.ts', "import { type A } from './a.ts'"),
  ])

  expect(offences.map(({ message }) => message)).toEqual(['import cycle by type: a.ts -> b.ts -> a.ts'])
})

test('checkCycles() finds the file that imports itself', () => {
  const offences = checkCycles([sourceFile('a.ts', "const later = import('./a.ts')")])

  expect(offences.map(({ message }) => message)).toEqual(['import cycle by value: a.ts -> a.ts'])
})

test('checkCycles() lets two ways to the same file pass', () => {
  const offences = checkCycles([
    sourceFile('a.ts', "import './b.ts'\nimport './c.ts'"),
    sourceFile('b.ts', "import './c.ts'"),
    sourceFile('c.ts', ''),
  ])

  expect(offences).toEqual([])
})
