/** A field of a report that breaks the wire's rules; names the field and its value. */
export class InvalidFieldError extends Error {
  /** The path of the field: `operations[3].calls`. */
  readonly field: string
  readonly rule: string
  readonly value: unknown

  constructor(field: string, rule: string, value: unknown) {
    super(`'${field}' must be ${rule}: current value is ${describe(value)}`)
    this.field = field
    this.rule = rule
    this.value = value
  }

  override get name(): string {
    return 'InvalidFieldError'
  }

  /** The same error seen from the object that holds the field's object. */
  within(parent: string): InvalidFieldError {
    const path = this.field.startsWith('[') ? `${parent}${this.field}` : `${parent}.${this.field}`
    return new InvalidFieldError(path, this.rule, this.value)
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value) ?? 'missing'
  return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}… (${text.length} characters)` : text
}
