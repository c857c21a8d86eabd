import { describe, expect, it } from 'vitest'
import {
  aBoolean,
  above,
  aFunction,
  anArray,
  anything,
  atLeast,
  integer,
  methods,
  number,
  oneOf,
  type OptionRule,
} from './option-rules.ts'

describe('an option rule', () => {
  it.each<[string, OptionRule, unknown, Error]>([
    ['number', number({ min: 1 }), 0, new RangeError("'size' must be a number >= 1: current value is 0")],
    [
      'atLeast',
      atLeast(1, 3),
      4,
      new RangeError("'size' must be a number >= 1 and <= 3: current value is 4"),
    ],
    ['atLeast', atLeast(1), 0.9, new RangeError("'size' must be a number >= 1: current value is 0.9")],
    ['above', above(0, 3), 0, new RangeError("'size' must be a number > 0 and <= 3: current value is 0")],
    ['above', above(0, 3), 4, new RangeError("'size' must be a number > 0 and <= 3: current value is 4")],
    [
      'integer',
      integer(1, 3),
      1.5,
      new RangeError("'size' must be an integer >= 1 and <= 3: current value is 1.5"),
    ],
    ['integer', integer(1), 0, new RangeError("'size' must be an integer >= 1: current value is 0")],
    ['oneOf', oneOf('a', 'b'), 'c', new RangeError("'size' must be one of a, b: current value is c")],
    ['aBoolean', aBoolean, 'yes', new TypeError("'size' must be a boolean: current value is yes")],
    [
      'anArray',
      anArray,
      { length: 1 },
      new TypeError("'size' must be an array: current value is [object Object]"),
    ],
    ['aFunction', aFunction, 'run', new TypeError("'size' must be a function: current value is 'run'")],
    ['methods', methods('next'), 5, new TypeError("'size' must be an object: current value is 5")],
    ['methods', methods('next'), null, new TypeError("'size' must be an object: current value is null")],
    [
      'methods',
      methods('next', 'reset'),
      { next: () => 0 },
      new TypeError("'size.reset' must be a function: current value is undefined"),
    ],
  ])(
    '%s refuses what it does not allow, by name and value',
    (_name, rule, value, { constructor, message }) => {
      const check = (): void => rule('thing', 'size', value)

      expect(check).toThrow(constructor)
      expect(check).toThrow(`Cannot create thing as ${message}`)
    },
  )

  it.each<[string, OptionRule, unknown]>([
    ['atLeast at its least', atLeast(1, 3), 1],
    ['atLeast at its most', atLeast(1, 3), 3],
    ['atLeast without a most', atLeast(1), Infinity],
    ['above near its least', above(0, 3), 0.001],
    ['above at its most', above(0, 3), 3],
    ['integer at its least', integer(1, 3), 1],
    ['integer at its most', integer(1, 3), 3],
    ['integer without a most', integer(1), Infinity],
    ['oneOf its words', oneOf('a', 'b'), 'b'],
    ['aBoolean', aBoolean, false],
    ['anArray', anArray, []],
    ['aFunction', aFunction, () => 1],
    ['methods', methods('next', 'reset'), { next: () => 0, reset: () => 0 }],
    ['anything', anything, Symbol('whatever')],
  ])('%s is allowed', (_name, rule, value) => {
    expect(() => rule('thing', 'size', value)).not.toThrow()
  })
})
