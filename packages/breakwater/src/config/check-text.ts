/**
 * Checks that an option that is given is a string.
 *
 * @throws {TypeError} that names the option and its value
 */
export function checkText(what: string, field: string, value: unknown): void {
  if (value === undefined || typeof value === 'string') return
  const shown = typeof value === 'object' && value !== null ? kindOf(value) : String(value)
  throw new TypeError(`Cannot create ${what} as '${field}' must be a string: current value is ${shown}`)
}

function kindOf(value: object): string {
  return Array.isArray(value) ? 'an array' : 'an object'
}
