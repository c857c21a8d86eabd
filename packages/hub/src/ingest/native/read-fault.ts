import {
  type FaultCategory,
  type FaultExemplar,
  type FaultFacts,
  reportLimits,
  type Retryability,
  severities,
} from 'breakwater/protocol'
import { InvalidFieldError } from './invalid-field-error.ts'
import { optional, readList, readObject, readRecord } from './read-collections.ts'
import { type Fields, maxCounter, readText, readTime, readWhole, readWord } from './read-fields.ts'
import { readError, readTexts } from './read-error.ts'

/** Every category of the tree. */
export const faultCategories: readonly FaultCategory[] = [
  'technical/system',
  'technical/network',
  'technical/dependency',
  'technical/security',
  'business/validation',
  'business/rule',
  'business/conflict',
]

const retryabilities: readonly Retryability[] = ['retryable', 'not-retryable', 'after-action']

/** Reads one problem's count and examples. */
export function readFault(source: Fields, now: number): FaultFacts {
  const { nameLength, messageLength, exemplarsPerFault } = reportLimits
  const facts: FaultFacts = {
    fingerprint: readHex(source, 'fingerprint', [16, 64]),
    groupedBy: readText(source, 'groupedBy', messageLength),
    name: readText(source, 'name', nameLength),
    message: readText(source, 'message', messageLength),
    culprit: readText(source, 'culprit', messageLength),
    category: readWord(source, 'category', faultCategories),
    severity: readWord(source, 'severity', severities),
    retryability: readWord(source, 'retryability', retryabilities),
    count: readWhole(source, 'count', [1, maxCounter]),
    operations: readOperationCounts(source),
    firstAt: readTime(source, 'firstAt', now),
    lastAt: readTime(source, 'lastAt', now),
    exemplars: readList(source, { key: 'exemplars', max: exemplarsPerFault }, (inner) =>
      readExemplar(inner, now),
    ),
  }
  const sum = Object.values(facts.operations).reduce((total, count) => total + count, 0)
  if (sum !== facts.count) throw new InvalidFieldError('count', `the sum of operations (${sum})`, facts.count)
  return facts
}

function readOperationCounts(source: Fields): Readonly<Record<string, number>> {
  const record = { key: 'operations', max: reportLimits.operations, allowsEmptyKey: true }
  return readRecord(source, record, (value, field) => readWhole({ [field]: value }, field))
}

function readExemplar(source: Fields, now: number): FaultExemplar {
  const label = (fields: Fields, key: string): string => readText(fields, key, reportLimits.nameLength)
  return {
    id: readId(source, 'id'),
    at: readTime(source, 'at', now),
    error: readObject(source, 'error', (inner) => readError(inner)),
    ...optional(source, 'operation', label),
    ...optional(source, 'attempt', (fields, key) => readWhole(fields, key)),
    ...optional(source, 'traceId', (fields, key) => readHex(fields, key, [32, 32])),
    ...optional(source, 'spanId', (fields, key) => readHex(fields, key, [16, 16])),
    ...optional(source, 'crash', readFlag),
    ...optional(source, 'context', readTexts),
  }
}

function readHex(source: Fields, key: string, [min, max]: readonly [number, number]): string {
  const value = source[key]
  const fits = typeof value === 'string' && value.length >= min && value.length <= max
  if (fits && /^[0-9a-fA-F]+$/.test(value)) return value.toLowerCase()
  throw new InvalidFieldError(key, `${min === max ? min : `${min}–${max}`} hex digits`, value)
}

function readId(source: Fields, key: string): string {
  const id = readText(source, key, 64)
  if (id !== '') return id
  throw new InvalidFieldError(key, '1–64 characters', id)
}

/** Reads true or false. */
export function readFlag(source: Fields, key: string): boolean {
  const value = source[key]
  if (typeof value === 'boolean') return value
  throw new InvalidFieldError(key, 'true or false', value)
}
