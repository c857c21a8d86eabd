import { reportLimits, type SerializedError } from 'breakwater/protocol'
import { InvalidFieldError } from './invalid-field-error.ts'
import { optional, readList, readObject, readRecord } from './read-collections.ts'
import { asText, type Fields, readText, readWhole } from './read-fields.ts'

const maxErrors = 8

/** Reads a thrown value with its causes, at most `causeDepth` deep. */
export function readError(source: Fields, depth = 0): SerializedError {
  if (depth > reportLimits.causeDepth) {
    throw new InvalidFieldError('', `at most ${reportLimits.causeDepth} causes deep`, source['name'])
  }
  const label = (fields: Fields, key: string): string => readText(fields, key, reportLimits.nameLength)
  return {
    name: label(source, 'name'),
    message: readText(source, 'message', reportLimits.messageLength),
    ...optional(source, 'code', label),
    ...optional(source, 'status', (fields, key) => readWhole(fields, key, [0, 999])),
    ...optional(source, 'stack', (fields, key) => readText(fields, key, reportLimits.stackLength)),
    ...optional(source, 'fields', (fields, key) => readTexts(fields, key)),
    ...optional(source, 'cause', (fields, key) =>
      readObject(fields, key, (inner) => readError(inner, depth + 1)),
    ),
    ...optional(source, 'errors', (fields, key) =>
      readList(fields, { key, max: maxErrors }, (inner) => readError(inner, depth + 1)),
    ),
    ...optional(source, 'cut', label),
  }
}

/** Reads a dictionary of texts: an error's fields, a fault's context. */
export function readTexts(source: Fields, key: string): Readonly<Record<string, string>> {
  return readRecord(source, { key, max: reportLimits.contextKeys }, (value, field) =>
    asText(value, field, reportLimits.contextValueLength),
  )
}
