/** What an option's number must be. */
export interface NumberRule {
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly isInteger?: boolean
  /** `min` itself is not allowed. */
  readonly isAboveMin?: boolean
}

/**
 * Checks the numbers of an options object; fields that are undefined are left to their defaults.
 *
 * @throws {RangeError} `Cannot create retry as 'maxRetries' must be an integer >= 0: current value is -1`
 */
export function checkNumbers(
  what: string,
  options: object,
  rules: Readonly<Record<string, NumberRule>>,
): void {
  for (const [field, rule] of Object.entries(rules)) {
    const value: unknown = (options as Record<string, unknown>)[field]
    if (value !== undefined && !obeys(value, rule))
      throw new RangeError(mustBe(`${what} as '${field}'`, describe(rule), show(value)))
  }
}

/**
 * Checks that an options object has no field that nobody reads: a misspelt option must not be silent. A `name` among
 * them is text, whatever it names.
 *
 * @throws {TypeError} that names the option and those there are
 */
export function checkNames(what: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(mustBe(`${what} as its options`, 'an object', show(options)))
  for (const field of Object.keys(options)) {
    if (known.includes(field)) continue
    throw new TypeError(
      `Cannot create ${what} as '${field}' is not an option of it: the options are ${known.join(', ')}`,
    )
  }
  checkText(what, 'name', Reflect.get(options, 'name'))
}

/**
 * Checks that an option that is given is a string.
 *
 * @throws {TypeError} that names the option and its value
 */
export function checkText(what: string, field: string, value: unknown): void {
  if (value === undefined || typeof value === 'string') return
  throw new TypeError(mustBe(`${what} as '${field}'`, 'a string', show(value)))
}

/**
 * Checks that an option that is given is a function.
 *
 * @throws {TypeError} that names the option and its value
 */
export function checkFunction(what: string, field: string, value: unknown): void {
  if (value !== undefined) checkMethod(what, field, value)
}

/**
 * Checks that an option that is given is an object with certain methods.
 *
 * @throws {TypeError} that names the option, or the method that it lacks
 */
export function checkMethods(
  what: string,
  options: object,
  methods: Readonly<Record<string, readonly string[]>>,
): void {
  for (const [field, names] of Object.entries(methods)) {
    const value: unknown = (options as Record<string, unknown>)[field]
    if (value === undefined) continue
    if (typeof value !== 'object' || value === null)
      throw new TypeError(mustBe(`${what} as '${field}'`, 'an object', show(value)))
    for (const name of names) checkMethod(what, `${field}.${name}`, Reflect.get(value, name))
  }
}

/** The options without the fields that are undefined: those are left to their defaults. */
export function withoutUndefined<Options extends object>(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options
}

/**
 * What the error for a wrong option says.
 *
 * @param subject the thing and its option: `retry as 'maxRetries'`
 */
export function mustBe(subject: string, rule: string, value: unknown): string {
  return `Cannot create ${subject} must be ${rule}: current value is ${String(value)}`
}

/** A value as errors show it: a text in quotes, and nothing of what is in an object. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object'
  return String(value)
}

function checkMethod(what: string, field: string, value: unknown): void {
  if (typeof value !== 'function')
    throw new TypeError(mustBe(`${what} as '${field}'`, 'a function', show(value)))
}

function obeys(value: unknown, rule: NumberRule): boolean {
  const { min = -Infinity, max = Infinity } = rule
  const isWhole = Number.isInteger(value) || value === Infinity
  if (typeof value !== 'number' || (rule.isInteger === true && !isWhole)) return false
  return value <= max && (rule.isAboveMin === true ? value > min : value >= min)
}

function describe({ min, max, isInteger, isAboveMin }: NumberRule): string {
  const noun = isInteger === true ? 'an integer' : 'a number'
  const lower = min === undefined ? '' : ` ${isAboveMin === true ? '>' : '>='} ${min}`
  const upper = max === undefined ? '' : `${lower && ' and'} <= ${max}`
  return noun + lower + upper
}
