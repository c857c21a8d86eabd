import { type DroppedFacts, protocolVersion, type Report, reportLimits } from 'breakwater/protocol'
import { InvalidFieldError } from './invalid-field-error.ts'
import { optional, readList, readObject } from './read-collections.ts'
import { asFields, type Fields, readTime, readWhole } from './read-fields.ts'
import { readEvent } from './read-event.ts'
import { readFault, readFlag } from './read-fault.ts'
import { readIdentity } from './read-identity.ts'
import { readOperation } from './read-operation.ts'
import { readPolicy } from './read-policy.ts'

/**
 * Takes a parsed body as a report: a copy that holds only what the wire names, with every number,
 * length and count within bounds and no time after `now`.
 *
 * @throws {InvalidFieldError} that names the first field that is wrong, and its value.
 */
export function readReport(body: unknown, now: number): Report {
  const source = asFields(body, 'report')
  const { operations, policies, faults, events } = reportLimits
  checkProtocol(source)
  const report: Report = {
    protocol: protocolVersion,
    identity: readObject(source, 'identity', (inner) => readIdentity(inner, now)),
    sequence: readWhole(source, 'sequence', [1, Number.MAX_SAFE_INTEGER]),
    from: readTime(source, 'from', now),
    to: readTime(source, 'to', now),
    operations: readList(source, { key: 'operations', max: operations }, readOperation),
    policies: readList(source, { key: 'policies', max: policies }, (inner) => readPolicy(inner, now)),
    faults: readList(source, { key: 'faults', max: faults }, (inner) => readFault(inner, now)),
    events: readList(source, { key: 'events', max: events }, (inner) => readEvent(inner, now)),
    dropped: readObject(source, 'dropped', readDropped),
    ...optional(source, 'final', readFlag),
  }
  if (report.from > report.to) throw new InvalidFieldError('from', `at most 'to' (${report.to})`, report.from)
  return report
}

function checkProtocol(source: Fields): void {
  const { protocol } = source
  if (protocol !== protocolVersion) throw new InvalidFieldError('protocol', String(protocolVersion), protocol)
}

function readDropped(source: Fields): DroppedFacts {
  return {
    reports: readWhole(source, 'reports'),
    events: readWhole(source, 'events'),
    faultGroups: readWhole(source, 'faultGroups'),
    faultCounts: readWhole(source, 'faultCounts'),
    operations: readWhole(source, 'operations'),
  }
}
