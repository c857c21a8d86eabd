import { expect, it, vi } from 'vitest'
import { type OptionRule } from './option-rules.ts'
import { checkOptions, type OptionTable } from './option-table.ts'

interface Options {
  readonly size?: number | undefined
  readonly name?: string
}

const allow: OptionRule = () => undefined

it('checkOptions() asks the rule of each option that is given, with what it is for', () => {
  const size = vi.fn(allow)
  const name = vi.fn(allow)
  checkOptions<Options>('thing', { size: 0 }, { size, name })
  checkOptions<Options>('thing', { size: undefined }, { size, name })

  expect(size.mock.calls).toEqual([['thing', 'size', 0]])
  expect(name).not.toHaveBeenCalled()
})

it('checkOptions() lets the error of a rule out', () => {
  const wrong = new RangeError('wrong')
  const table: OptionTable<Options> = {
    size: () => {
      throw wrong
    },
    name: allow,
  }

  expect(() => checkOptions<Options>('thing', { size: 1 }, table)).toThrow(wrong)
})

it('checkOptions() refuses an option without a rule before it asks any', () => {
  const size = vi.fn(allow)
  const options = { size: 1, siez: 2 }

  expect(() => checkOptions<Options>('thing', options, { size, name: allow })).toThrow(
    "Cannot create thing as 'siez' is not an option of it: the options are size, name",
  )
  expect(size).not.toHaveBeenCalled()
})
