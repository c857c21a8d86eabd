import { describe, expect, it } from 'vitest'
import { strykerOptions } from './stryker-options.ts'

const args = {
  folders: ['hedge'],
  concurrency: 1,
  isFresh: false,
  isWide: false,
  jsonFile: undefined,
  isHelp: false,
}

describe('strykerOptions()', () => {
  it('lets the tests of the folder judge it, by copying no others', () => {
    const { ignorePatterns } = strykerOptions('hedge', args)

    expect(ignorePatterns).toEqual(
      expect.arrayContaining([
        '/packages/breakwater/src/**/*.test.ts',
        '!/packages/breakwater/src/hedge/**/*.test.ts',
      ]),
    )
  })

  it('lets the tests of every folder judge but those of Node when asked for all', () => {
    const { ignorePatterns } = strykerOptions('hedge', { ...args, isWide: true })

    expect(ignorePatterns).toContain('/packages/breakwater/src/node/**/*.test.ts')
    expect(ignorePatterns).not.toContain('/packages/breakwater/src/**/*.test.ts')
  })

  it('names no test files, since Stryker then switches a change on after the modules are loaded', () => {
    const options = strykerOptions('hedge', args)

    expect(options).not.toHaveProperty('testFiles')
  })
})
