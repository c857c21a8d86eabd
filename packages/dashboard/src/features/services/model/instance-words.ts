import type { HealthState, InstanceView } from 'breakwater/protocol'
import { plural } from '../../../shared/format/format-number.ts'

const health: Readonly<Record<InstanceView['state'], HealthState>> = {
  live: 'ok',
  silent: 'degraded',
  stopped: 'unknown',
  crashed: 'failing',
}

/** The tone of an instance's state. */
export function instanceHealth(state: InstanceView['state']): HealthState {
  return health[state] ?? 'unknown'
}

/** Where an instance runs and what: `v1.4.2 · production · host-3 pid 4711`. */
export function instanceWhere({ version, environment, host, pid }: InstanceView): string {
  const process = [host, pid === null ? null : `pid ${pid}`].filter((part) => part !== null).join(' ')
  const parts = [version === null ? null : `v${version.replace(/^v/, '')}`, environment, process]
  return parts.filter((part) => part !== null && part !== '').join(' · ')
}

/** What an instance could not tell us; `nothing` when all came through. */
export function droppedWords({ missingReports, dropped }: InstanceView): string {
  const reports = missingReports + dropped.reports
  const parts = [
    reports > 0 ? plural(reports, 'report') : '',
    dropped.events > 0 ? plural(dropped.events, 'event') : '',
    dropped.faultGroups > 0 ? plural(dropped.faultGroups, 'error group') : '',
    dropped.operations > 0 ? plural(dropped.operations, 'operation') : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'nothing' : parts.join(', ')
}
