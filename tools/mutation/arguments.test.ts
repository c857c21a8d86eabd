import { describe, expect, it } from 'vitest'
import { mutationArguments } from './arguments.ts'

describe('mutationArguments()', () => {
  it('takes folders, one process and earlier results when nothing else is said', () => {
    const read = mutationArguments(['hedge', 'timeout'])

    expect(read).toEqual({
      folders: ['hedge', 'timeout'],
      concurrency: 1,
      isFresh: false,
      isWide: false,
      jsonFile: undefined,
      isHelp: false,
    })
  })

  it('takes every option', () => {
    const read = mutationArguments(['hedge', '--json', 'a.json', '--concurrency', '2', '--fresh', '--wide'])

    expect(read).toEqual({
      folders: ['hedge'],
      concurrency: 2,
      isFresh: true,
      isWide: true,
      jsonFile: 'a.json',
      isHelp: false,
    })
  })

  it('asks for a folder when none is named', () => {
    expect(() => mutationArguments([])).toThrow('Name at least one folder')
  })

  it('needs no folder to help', () => {
    expect(mutationArguments(['--help'])).toMatchObject({ folders: [], isHelp: true })
  })

  it.each(['0', '1.5', 'many'])('names the wrong number of processes: %s', (concurrency) => {
    expect(() => mutationArguments(['hedge', '--concurrency', concurrency])).toThrow(
      `'--concurrency' must be an integer >= 1: it is ${concurrency}`,
    )
  })
})
