import type { LiveFigures, LiveTick, ServiceDetailView } from 'breakwater/protocol'
import { type ReactNode, useMemo } from 'react'
import { StateWord } from '../../../shared/health/state-word.tsx'
import { Panel } from '../../../shared/layout/panel.tsx'
import { QueryView } from '../../../shared/layout/query-view.tsx'
import { LiveCharts } from '../../../shared/outcome/live-charts.tsx'
import { useSetQuery } from '../../../shared/router/use-place.ts'
import { type ServiceChoice, useService } from '../api/get-service.ts'
import { InstanceTable } from './instance-table.tsx'
import { OperationTable } from './operation-table.tsx'
import { ServicePolicies } from './service-policies.tsx'

/** What the detail of a service needs. */
export interface ServicePanelProps {
  readonly choice: ServiceChoice
  readonly onClose: () => void
}

/** A service: how it does over time, by operation, by instance, and its policies. */
export function ServicePanel({ choice, onClose }: ServicePanelProps): ReactNode {
  const query = useService(choice)
  return (
    <Panel kind="Service" title={choice.service} onClose={onClose}>
      <QueryView query={query} what="this service">
        {(view) => <ServiceDetail view={view} choice={choice} answeredAt={query.dataUpdatedAt} />}
      </QueryView>
    </Panel>
  )
}

interface ServiceDetailProps {
  readonly view: ServiceDetailView
  readonly choice: ServiceChoice
  /** By this machine's own clock. */
  readonly answeredAt: number
}

function ServiceDetail({ view, choice, answeredAt }: ServiceDetailProps): ReactNode {
  const { series, range, marks } = view
  const { service, operation } = choice
  // Ticks tell about whole services: the charts of one operation wait for the next answer.
  const pick = useMemo(
    () =>
      operation === '' ? (tick: LiveTick): LiveFigures | undefined => tick.services[service] : undefined,
    [service, operation],
  )
  return (
    <>
      <p className="prose">
        <StateWord state={view.state} /> {view.reason}
      </p>
      {operation === '' ? null : <OperationNote operation={operation} />}
      <LiveCharts {...{ series, range, marks, answeredAt, pick }} syncKey="service" heightPx={128} />
      <OperationTable operations={view.operations} selected={operation} service={service} />
      <ServicePolicies policies={view.policies} />
      <InstanceTable instances={view.instanceList} />
    </>
  )
}

function OperationNote({ operation }: { readonly operation: string }): ReactNode {
  const setQuery = useSetQuery()
  return (
    <p className="prose">
      Charts show <code>{operation}</code> only.{' '}
      <button type="button" className="link" onClick={() => setQuery({ operation: '' })}>
        Show all operations
      </button>
    </p>
  )
}
