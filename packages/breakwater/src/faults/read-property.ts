/** The property's value; undefined for a primitive, and when reading it throws. */
export function readProperty(value: unknown, key: PropertyKey): unknown {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return undefined
  try {
    return (value as Readonly<Record<PropertyKey, unknown>>)[key]
  } catch {
    return undefined
  }
}

/** The property when it is a string that is not empty; undefined otherwise. */
export function readString(value: unknown, key: PropertyKey): string | undefined {
  const found = readProperty(value, key)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** Whether a value is an error, also one of another realm or a proxy. Never throws. */
export function isErrorLike(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  try {
    if (value instanceof Error) return true
    return (
      Object.prototype.toString.call(value) === '[object Error]' || readString(value, 'message') !== undefined
    )
  } catch {
    return false
  }
}
