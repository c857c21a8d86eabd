import { describe, expect, it } from 'vitest'
import {
  checkFunction,
  checkMethods,
  checkNames,
  checkNumbers,
  type NumberRule,
  withoutUndefined,
} from './check-option.ts'

describe('checkNumbers()', () => {
  it.each<[NumberRule, unknown, string]>([
    [{}, '5', "a number: current value is '5'"],
    [{}, null, 'a number: current value is null'],
    [{}, [1], 'a number: current value is an array'],
    [{}, { a: 1 }, 'a number: current value is an object'],
    [{ min: 2 }, 1, 'a number >= 2: current value is 1'],
    [{ max: 2 }, 3, 'a number <= 2: current value is 3'],
    [{ min: 1, max: 2 }, 3, 'a number >= 1 and <= 2: current value is 3'],
    [{ min: 0, isAboveMin: true }, 0, 'a number > 0: current value is 0'],
    [{ isInteger: true }, 1.5, 'an integer: current value is 1.5'],
    [{ isInteger: true, max: 5 }, Infinity, 'an integer <= 5: current value is Infinity'],
    [{ min: 0 }, NaN, 'a number >= 0: current value is NaN'],
  ])('with the rule %o refuses %o', (rule, value, text) => {
    expect(() => checkNumbers('thing', { size: value }, { size: rule })).toThrow(
      new RangeError(`Cannot create thing as 'size' must be ${text}`),
    )
  })

  it.each<[NumberRule, unknown]>([
    [{ min: 2 }, 2],
    [{ max: 2 }, 2],
    [{ min: 0, isAboveMin: true }, Number.MIN_VALUE],
    [{ isInteger: true }, Infinity],
    [{}, -Infinity],
    [{ min: 2 }, undefined],
  ])('with the rule %o admits %o', (rule, value) => {
    expect(() => checkNumbers('thing', { size: value }, { size: rule })).not.toThrow()
  })
})

describe('checkNames()', () => {
  it('names the field that nobody reads, and those there are', () => {
    expect(() => checkNames('thing', { siez: 1 }, ['size', 'name'])).toThrow(
      new TypeError("Cannot create thing as 'siez' is not an option of it: the options are size, name"),
    )
  })
})

describe('checkFunction()', () => {
  it('admits functions and undefined', () => {
    expect(() => [() => 1, undefined].forEach((value) => checkFunction('thing', 'rule', value))).not.toThrow()
  })
})

describe('checkMethods()', () => {
  it('finds methods that are inherited', () => {
    expect(() => checkMethods('thing', { when: new Date(0) }, { when: ['getTime'] })).not.toThrow()
  })
})

describe('withoutUndefined()', () => {
  it('leaves out what is undefined and keeps the rest, null and 0 included', () => {
    expect(withoutUndefined({ a: undefined, b: 0, c: null })).toStrictEqual({ b: 0, c: null })
  })
})
