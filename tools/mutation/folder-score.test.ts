import { describe, expect, it } from 'vitest'
import { folderScore } from './folder-score.ts'
import type { Mutant } from './mutant-report.ts'

const on = (line: number, [from, to]: readonly [number, number]): Mutant['location'] => ({
  start: { line, column: from },
  end: { line, column: to },
})

describe('folderScore()', () => {
  it('counts timed out mutants as noticed and leaves out those that could not be judged', () => {
    const location = on(1, [1, 2])

    const score = folderScore('hedge', {
      files: {
        'a.ts': {
          source: 'ab',
          mutants: [
            { status: 'Killed', location },
            { status: 'Timeout', location },
          ],
        },
        'b.ts': {
          source: 'ab',
          mutants: [
            { status: 'NoCoverage', location },
            { status: 'CompileError', location },
          ],
        },
        'types.ts': { source: '', mutants: [] },
      },
    })

    expect(score).toMatchObject({ folder: 'hedge', killed: 1, timedOut: 1, survived: 0, uncovered: 1 })
    expect(score.score).toBeCloseTo(2 / 3)
    expect(Object.keys(score.files)).toEqual(['a.ts', 'b.ts'])
  })

  it('shows what was there and what a survivor puts in its place, by line', () => {
    const source = 'const a = 1 > 2\nif (a) {\n  go()\n}'

    const { survivors } = folderScore('hedge', {
      files: {
        'a.ts': {
          source,
          mutants: [
            {
              status: 'NoCoverage',
              location: { start: { line: 2, column: 8 }, end: { line: 4, column: 2 } },
              replacement: '{}',
            },
            { status: 'Survived', location: on(1, [11, 16]), replacement: '1 >=\n 2' },
          ],
        },
      },
    })

    expect(survivors).toEqual([
      { file: 'a.ts', line: 1, isCovered: true, original: '1 > 2', mutant: '1 >= 2' },
      { file: 'a.ts', line: 2, isCovered: false, original: '{ …', mutant: '{}' },
    ])
  })

  it('gives a folder without mutants the full score', () => {
    expect(folderScore('protocol', { files: {} }).score).toBe(1)
  })
})
