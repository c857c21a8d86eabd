import type { BreakerFacts, PolicyFacts, PolicyKind } from 'breakwater/protocol'
import { reportLimits } from 'breakwater/protocol'
import { InvalidFieldError } from './invalid-field-error.ts'
import { optional, readObject, readRecord } from './read-collections.ts'
import {
  type Fields,
  maxCounter,
  readName,
  readNumber,
  readText,
  readTime,
  readWhole,
  readWord,
} from './read-fields.ts'

/**
 * The kind of a policy: any lower-case word. A kind that is newer than this hub is kept and shown by its name, for
 * a report must not be lost to it.
 */
export function readPolicyKind(source: Fields, key: string): PolicyKind {
  const value = source[key]
  if (typeof value === 'string' && /^[a-z][a-z-]{0,39}$/.test(value)) return value as PolicyKind
  throw new InvalidFieldError(key, 'a lower-case word such as circuit-breaker', value)
}

const maxNumbers = 32

/** Reads the counters of one policy and how it stands. */
export function readPolicy(source: Fields, now: number): PolicyFacts {
  const kind = readPolicyKind(source, 'kind')
  const breaker = optional(source, 'breaker', (fields, key) =>
    readObject(fields, key, (inner) => readBreaker(inner, now)),
  )
  if ((kind === 'circuit-breaker') !== (breaker.breaker !== undefined)) {
    throw new InvalidFieldError(
      'breaker',
      'present for a circuit-breaker and for no other kind',
      source['breaker'],
    )
  }
  return {
    kind,
    name: readName(source, 'name'),
    counters: readRecord(source, { key: 'counters', max: maxNumbers }, asCounter),
    gauges: readRecord(source, { key: 'gauges', max: maxNumbers }, asGauge),
    ...breaker,
  }
}

function readBreaker(source: Fields, now: number): BreakerFacts {
  return {
    state: readWord(source, 'state', ['closed', 'open', 'half-open']),
    override: readWord(source, 'override', ['automatic', 'forced-open', 'forced-closed']),
    since: readTime(source, 'since', now),
    reason: readText(source, 'reason', reportLimits.messageLength),
    windowCalls: readWhole(source, 'windowCalls'),
    windowFailures: readWhole(source, 'windowFailures'),
    windowMs: readNumber(source, 'windowMs'),
    failureRatio: readNumber(source, 'failureRatio', 1),
    threshold: readNumber(source, 'threshold'),
    minimumCalls: readNumber(source, 'minimumCalls'),
    nextTrialAt:
      source['nextTrialAt'] === null ? null : readNumber(source, 'nextTrialAt', Number.MAX_SAFE_INTEGER),
    closesWhen: readText(source, 'closesWhen', reportLimits.messageLength),
  }
}

function asCounter(value: unknown, field: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maxCounter) return value
  throw new InvalidFieldError(field, `a whole number from 0 to ${maxCounter}`, value)
}

function asGauge(value: unknown, field: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= maxCounter) return value
  throw new InvalidFieldError(field, `a number from -${maxCounter} to ${maxCounter}`, value)
}
