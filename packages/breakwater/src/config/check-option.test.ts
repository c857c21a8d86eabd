import { describe, expect, it } from 'vitest'
import {
  checkFunction,
  checkMethods,
  checkNames,
  checkNumbers,
  checkText,
  mustBe,
  type NumberRule,
  show,
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

describe('checkNames() of what may be no options at all', () => {
  it.each<[unknown, string]>([
    [null, 'null'],
    ['retry', "'retry'"],
    [5, '5'],
    [undefined, 'undefined'],
  ])('refuses %o', (options, shown) => {
    expect(() => checkNames('thing', options as object, [])).toThrow(
      new TypeError(`Cannot create thing as its options must be an object: current value is ${shown}`),
    )
  })

  it('admits options that are all known, and none', () => {
    expect(() => checkNames('thing', { size: 1, name: 'a' }, ['size', 'name', 'more'])).not.toThrow()
    expect(() => checkNames('thing', {}, [])).not.toThrow()
  })

  it('refuses a name that is no text', () => {
    expect(() => checkNames('thing', { name: 5 }, ['name'])).toThrow(
      new TypeError("Cannot create thing as 'name' must be a string: current value is 5"),
    )
  })
})

describe('checkText()', () => {
  it('refuses what is no text, by name and value', () => {
    expect(() => checkText('thing', 'zone', ['a'])).toThrow(
      new TypeError("Cannot create thing as 'zone' must be a string: current value is an array"),
    )
  })

  it('admits texts, the empty one too, and undefined', () => {
    expect(() => checkText('thing', 'zone', '')).not.toThrow()
    expect(() => checkText('thing', 'zone', undefined)).not.toThrow()
  })
})

describe('mustBe()', () => {
  it('says what cannot be created, why, and what was given', () => {
    expect(mustBe("thing as 'size'", 'a number', Symbol('five'))).toBe(
      "Cannot create thing as 'size' must be a number: current value is Symbol(five)",
    )
  })
})

describe('show()', () => {
  it('puts texts in quotes and tells nothing of what is in an object', () => {
    expect(['', 'a', 5, null, undefined, [1], { secret: 1 }, 1n].map(show)).toEqual([
      "''",
      "'a'",
      '5',
      'null',
      'undefined',
      'an array',
      'an object',
      '1',
    ])
  })
})

describe('checkFunction()', () => {
  it.each([null, 'log', 5, {}])('refuses %o by name and value', (value) => {
    expect(() => checkFunction('thing', 'rule', value)).toThrow(
      new TypeError(`Cannot create thing as 'rule' must be a function: current value is ${show(value)}`),
    )
  })

  it('admits functions and undefined', () => {
    expect(() => [() => 1, undefined].forEach((value) => checkFunction('thing', 'rule', value))).not.toThrow()
  })
})

describe('checkMethods()', () => {
  it('finds methods that are inherited', () => {
    expect(() => checkMethods('thing', { when: new Date(0) }, { when: ['getTime'] })).not.toThrow()
  })

  it('leaves out what is not given, and looks at each of the others', () => {
    const options = { clock: undefined, random: { next: 5 } }

    expect(() => checkMethods('thing', options, { clock: ['now'], random: ['next'] })).toThrow(
      new TypeError("Cannot create thing as 'random.next' must be a function: current value is 5"),
    )
  })

  it.each<[unknown, string]>([
    [null, 'null'],
    ['now', "'now'"],
  ])('refuses %o: it has no methods', (clock, shown) => {
    expect(() => checkMethods('thing', { clock }, { clock: ['now'] })).toThrow(
      new TypeError(`Cannot create thing as 'clock' must be an object: current value is ${shown}`),
    )
  })
})

describe('withoutUndefined()', () => {
  it('leaves out what is undefined and keeps the rest, null and 0 included', () => {
    expect(withoutUndefined({ a: undefined, b: 0, c: null })).toStrictEqual({ b: 0, c: null })
  })
})
