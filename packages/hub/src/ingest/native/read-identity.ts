import { type InstanceIdentity, reportLimits } from 'breakwater/protocol'
import { InvalidFieldError } from './invalid-field-error.ts'
import { optional } from './read-collections.ts'
import { type Fields, readName, readText, readTime, readWhole } from './read-fields.ts'

const maxPid = 4_294_967_295

/** Reads who reports. */
export function readIdentity(source: Fields, now: number): InstanceIdentity {
  const readLabel = (fields: Fields, key: string): string => readText(fields, key, reportLimits.nameLength)
  return {
    service: readName(source, 'service'),
    instance: readInstance(source, 'instance'),
    ...optional(source, 'version', readLabel),
    ...optional(source, 'environment', readLabel),
    ...optional(source, 'host', readLabel),
    ...optional(source, 'pid', (fields, key) => readWhole(fields, key, [0, maxPid])),
    startedAt: readTime(source, 'startedAt', now),
  }
}

function readInstance(source: Fields, key: string): string {
  const value = source[key]
  if (typeof value === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(value)) return value
  throw new InvalidFieldError(key, '1–64 characters of A–Z a–z 0–9 . _ -', value)
}
