import type {
  GroupSummary,
  OverviewView,
  PolicyListView,
  PolicyView,
  ServiceSummary,
} from 'breakwater/protocol'
import { type HubFlags, readHubTarget } from '../config.ts'
import { formatMs, formatShare } from '../format/figures.ts'
import { formatJson } from '../format/json.ts'
import { formatTable } from '../format/table.ts'
import { hubClient } from '../hub/hub-client.ts'
import type { Io } from '../io.ts'

/** The options of `breakwater status`. */
export interface StatusFlags extends HubFlags {
  readonly json?: boolean | undefined
}

/** Shows the services, all breakers and the most frequent errors of the last 15 minutes. */
export async function status(flags: StatusFlags, io: Io): Promise<void> {
  const ask = hubClient(readHubTarget(flags, io.env))
  const { signal } = io
  const [overview, policies] = await Promise.all([
    ask({ path: '/overview', signal }) as Promise<OverviewView>,
    ask({ path: '/policies?kind=circuit-breaker', signal }) as Promise<PolicyListView>,
  ])
  const { services, groups } = overview
  const breakers = policies.policies
  if (flags.json === true) return io.stdout(formatJson({ services, breakers, groups }))
  io.stdout(
    [servicesTable(services), breakersTable(breakers), groupsTable(groups)].filter(Boolean).join('\n'),
  )
}

function servicesTable(services: readonly ServiceSummary[]): string {
  if (services.length === 0) return 'No service has reported in the last 15 minutes.\n'
  const right = 'right' as const
  return formatTable(
    [
      ...[{ title: 'SERVICE' }, { title: 'STATE' }, { title: 'INSTANCES', align: right }],
      ...[
        { title: 'CALLS', align: right },
        { title: 'OK', align: right },
        { title: 'P95', align: right },
      ],
      { title: 'WHY' },
    ],
    services.map(({ service, state, liveInstances, instances, totals, latency, reason }) => [
      ...[service, state, `${liveInstances}/${instances}`, String(totals.calls)],
      ...[formatShare(totals.successes, totals.calls), formatMs(latency.p95), reason],
    ]),
  )
}

function breakersTable(breakers: readonly PolicyView[]): string {
  if (breakers.length === 0) return ''
  return formatTable(
    [{ title: 'BREAKER' }, { title: 'SERVICE' }, { title: 'STATE' }, { title: 'ORDERED' }, { title: 'WHY' }],
    breakers.map(({ name, service, breaker }) => {
      const { mode = 'automatic', by = '', reason = '' } = breaker?.override ?? {}
      const order = mode === 'automatic' ? '–' : `${mode} by ${by}: ${reason}`
      return [name, service, breaker?.facts.state ?? 'unknown', order, breaker?.facts.reason ?? '']
    }),
  )
}

function groupsTable(groups: readonly GroupSummary[]): string {
  if (groups.length === 0) return 'No errors in the last 15 minutes.\n'
  return formatTable(
    [{ title: 'COUNT', align: 'right' }, { title: 'ERROR' }, { title: 'WHERE' }, { title: 'SERVICES' }],
    groups.map(({ count, name, message, culprit, services }) => [
      ...[String(count), `${name}: ${message}`.slice(0, 90), culprit, services.join(', ')],
    ]),
  )
}
