import { InvalidFieldError } from './invalid-field-error.ts'
import { asFields, asName, type Fields } from './read-fields.ts'

/** Reads the object under `key`; a field that is wrong inside is named by its whole path. */
export function readObject<T>(source: Fields, key: string, read: (fields: Fields) => T): T {
  return within(key, () => read(asFields(source[key], '')))
}

/** Reads each object of the array under `key`, at most `max` of them. */
export function readList<T>(
  source: Fields,
  list: { key: string; max: number },
  read: (fields: Fields) => T,
): T[] {
  const values = source[list.key]
  if (!Array.isArray(values) || values.length > list.max) {
    throw new InvalidFieldError(list.key, `an array of at most ${list.max}`, values)
  }
  const result: T[] = []
  let index = 0
  try {
    for (; index < values.length; index++) result.push(read(asFields(values[index], '')))
  } catch (error) {
    throw prefixed(error, `${list.key}[${index}]`)
  }
  return result
}

/** Reads an object used as a dictionary, at most `max` keys, each of them a name (or empty where allowed). */
export function readRecord<T>(
  source: Fields,
  record: { key: string; max: number; allowsEmptyKey?: boolean },
  read: (value: unknown, field: string) => T,
): Readonly<Record<string, T>> {
  return within(record.key, () => {
    const entries = Object.entries(asFields(source[record.key], ''))
    if (entries.length > record.max)
      throw new InvalidFieldError('', `an object of at most ${record.max} keys`, {})
    return Object.fromEntries(
      entries.map(([key, value]) => {
        const name = key === '' && record.allowsEmptyKey === true ? '' : asName(key, 'key')
        return [name, read(value, name)]
      }),
    )
  })
}

/** Reads a field that may be missing: `{}` or `{ key: value }`. */
export function optional<K extends string, T>(
  source: Fields,
  key: K,
  read: (source: Fields, key: K) => T,
): { readonly [P in K]?: T } {
  if (source[key] === undefined || source[key] === null) return {}
  return { [key]: read(source, key) } as { [P in K]?: T }
}

function within<T>(parent: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw prefixed(error, parent)
  }
}

function prefixed(error: unknown, parent: string): unknown {
  if (!(error instanceof InvalidFieldError)) return error
  return error.field === '' ? new InvalidFieldError(parent, error.rule, error.value) : error.within(parent)
}
