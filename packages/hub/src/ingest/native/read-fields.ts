import { reportLimits } from 'breakwater/protocol'
import { InvalidFieldError } from './invalid-field-error.ts'

/** A parsed JSON object of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>

/** The most that one counter of one report may add; keeps every sum within whole numbers. */
export const maxCounter = 1_000_000_000_000

/** Takes a value as an object. */
export function asFields(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidFieldError(field, 'an object', value)
  }
  if (Object.hasOwn(value, '__proto__'))
    throw new InvalidFieldError(field, 'without a key __proto__', '__proto__')
  return value as Fields
}

/** A whole number from `min` to `max`. */
export function readWhole(
  source: Fields,
  key: string,
  range: readonly [number, number] = [0, maxCounter],
): number {
  const [min, max] = range
  const value = source[key]
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw new InvalidFieldError(key, `a whole number from ${min} to ${max}`, value)
}

/** A finite number from 0 to `max`. */
export function readNumber(source: Fields, key: string, max: number = maxCounter): number {
  const value = source[key]
  if (typeof value === 'number' && value >= 0 && value <= max) return value
  throw new InvalidFieldError(key, `a number from 0 to ${max}`, value)
}

/** Epoch milliseconds, whole; a time in the future becomes `now`, for no clock may write ahead of the hub's. */
export function readTime(source: Fields, key: string, now: number): number {
  return Math.min(readWhole(source, key, [0, Number.MAX_SAFE_INTEGER]), now)
}

/** One of a list of words. */
export function readWord<Word extends string>(source: Fields, key: string, words: readonly Word[]): Word {
  const value = source[key]
  const found = words.find((word) => word === value)
  if (found !== undefined) return found
  throw new InvalidFieldError(key, `one of ${words.join(', ')}`, value)
}

/** A text for people: any characters, up to `max`; what no database can hold is replaced. */
export function readText(source: Fields, key: string, max: number): string {
  return asText(source[key], key, max)
}

/** Takes a value as a text for people. */
export function asText(value: unknown, field: string, max: number): string {
  if (typeof value !== 'string' || value.length > max) {
    throw new InvalidFieldError(field, `a text of at most ${max} characters`, value)
  }
  return value.toWellFormed().replaceAll('\0', '\ufffd')
}

/** A name that things are found by: not empty, no control characters, no half characters. */
export function readName(source: Fields, key: string): string {
  return asName(source[key], key)
}

/** Takes a value as a name that things are found by. */
export function asName(value: unknown, field: string): string {
  if (typeof value === 'string' && isName(value)) return value
  const rule = `a name of 1–${reportLimits.nameLength} characters, none of them a control or half character`
  throw new InvalidFieldError(field, rule, value)
}

function isName(value: string): boolean {
  if (value.length === 0 || value.length > reportLimits.nameLength || value === '__proto__') return false
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code < 32 || code === 127) return false
  }
  return value.isWellFormed()
}
