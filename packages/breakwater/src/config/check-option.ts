/** What an option's number must be. */
export interface NumberRule {
  readonly min?: number
  readonly max?: number
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
    if (value !== undefined && !obeys(value, rule)) {
      throw new RangeError(
        `Cannot create ${what} as '${field}' must be ${describe(rule)}: current value is ${show(value)}`,
      )
    }
  }
}

/**
 * Checks that an options object has no field that nobody reads: a misspelt option must not be silent.
 *
 * @throws {TypeError} that names the option and those there are
 */
export function checkNames(what: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(
      `Cannot create ${what} as its options must be an object: current value is ${show(options)}`,
    )
  }
  for (const field of Object.keys(options)) {
    if (known.includes(field)) continue
    throw new TypeError(
      `Cannot create ${what} as '${field}' is not an option of it: the options are ${known.join(', ')}`,
    )
  }
}

/**
 * Checks that an option that is given is a function.
 *
 * @throws {TypeError} that names the option and its value
 */
export function checkFunction(what: string, field: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return
  throw new TypeError(
    `Cannot create ${what} as '${field}' must be a function: current value is ${show(value)}`,
  )
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
    if (typeof value !== 'object' || value === null) {
      throw new TypeError(
        `Cannot create ${what} as '${field}' must be an object: current value is ${show(value)}`,
      )
    }
    for (const name of names) checkMethod(what, `${field}.${name}`, Reflect.get(value, name))
  }
}

/** The options without the fields that are undefined: those are left to their defaults. */
export function withoutUndefined<Options extends object>(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options
}

function checkMethod(what: string, field: string, value: unknown): void {
  if (typeof value === 'function') return
  throw new TypeError(
    `Cannot create ${what} as '${field}' must be a function: current value is ${show(value)}`,
  )
}

function obeys(value: unknown, rule: NumberRule): boolean {
  if (typeof value !== 'number' || Number.isNaN(value)) return false
  if (rule.isInteger === true && !Number.isInteger(value) && value !== Infinity) return false
  const { min = -Infinity, max = Infinity } = rule
  if (rule.isInteger === true && value === Infinity && max !== Infinity) return false
  return (rule.isAboveMin === true ? value > min : value >= min) && value <= max
}

function describe(rule: NumberRule): string {
  const noun = rule.isInteger === true ? 'an integer' : 'a number'
  const lower = rule.min === undefined ? '' : ` ${rule.isAboveMin === true ? '>' : '>='} ${rule.min}`
  const upper = rule.max === undefined ? '' : `${lower === '' ? '' : ' and'} <= ${rule.max}`
  return noun + lower + upper
}

function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object'
  return String(value)
}
