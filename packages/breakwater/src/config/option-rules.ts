import { checkFunction, checkMethods, checkNumbers, mustBe, type NumberRule } from './check-option.ts'

/** Checks one option that is given: throws an error that names the policy, the option and its value. */
export type OptionRule = (what: string, field: string, value: unknown) => void

/** A number that obeys a rule. */
// @__NO_SIDE_EFFECTS__
export function number(rule: NumberRule): OptionRule {
  return (what, field, value) => checkNumbers(what, { [field]: value }, { [field]: rule })
}

/** A number of at least `min` and at most `max`. */
// @__NO_SIDE_EFFECTS__
export function atLeast(min: number, max?: number): OptionRule {
  return number({ min, max })
}

/** A number above `min` and at most `max`. */
// @__NO_SIDE_EFFECTS__
export function above(min: number, max?: number): OptionRule {
  return number({ min, max, isAboveMin: true })
}

/** An integer of at least `min` and at most `max`; Infinity counts as one where there is no `max`. */
// @__NO_SIDE_EFFECTS__
export function integer(min: number, max?: number): OptionRule {
  return number({ min, max, isInteger: true })
}

/** One of several words. */
// @__NO_SIDE_EFFECTS__
export function oneOf(...words: readonly unknown[]): OptionRule {
  return (what, field, value) => {
    if (words.includes(value)) return
    throw new RangeError(mustBe(`${what} as '${field}'`, `one of ${words.join(', ')}`, value))
  }
}

/** A function. */
export const aFunction: OptionRule = checkFunction

/** A boolean. */
export const aBoolean: OptionRule = (what, field, value) => {
  if (typeof value !== 'boolean') throw new TypeError(mustBe(`${what} as '${field}'`, 'a boolean', value))
}

/** An array of what obeys another rule. */
export const anArray: OptionRule = (what, field, value) => {
  if (!Array.isArray(value)) throw new TypeError(mustBe(`${what} as '${field}'`, 'an array', value))
}

/** An object that has these methods, its own or inherited. */
// @__NO_SIDE_EFFECTS__
export function methods(...names: readonly string[]): OptionRule {
  return (what, field, value) => checkMethods(what, { [field]: value }, { [field]: names })
}

/** Whatever it is: it is not looked at, or its policy does that itself. */
export function anything(): void {
  // Nothing is wrong.
}
