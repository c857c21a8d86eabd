import { mustBe, show } from './check-option.ts'

/**
 * Checks that an option that is given is a string.
 *
 * @throws {TypeError} that names the option and its value
 */
export function checkText(what: string, field: string, value: unknown): void {
  if (value === undefined || typeof value === 'string') return
  throw new TypeError(mustBe(`${what} as '${field}'`, 'a string', show(value)))
}
