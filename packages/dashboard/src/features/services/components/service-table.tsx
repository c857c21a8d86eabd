import type { ServiceSummary } from 'breakwater/protocol'
import { type ReactNode, useRef } from 'react'
import { Age } from '../../../shared/format/age.tsx'
import { formatCount, formatMs, formatShare } from '../../../shared/format/format-number.ts'
import { StateWord } from '../../../shared/health/state-word.tsx'
import { FreshButton } from '../../../shared/list/fresh-button.tsx'
import { useHeldList } from '../../../shared/list/use-held-list.ts'
import { useRowWindow } from '../../../shared/list/use-row-window.ts'
import { sparedOf } from '../../../shared/outcome/outcome-totals.ts'
import { Link } from '../../../shared/router/link.tsx'
import { useSelect } from '../../../shared/router/use-place.ts'
import { ServiceTableHead } from './service-table-head.tsx'

/** What the table of services needs. */
export interface ServiceTableProps {
  readonly services: readonly ServiceSummary[]
  readonly selected: string | null
}

const columns = 11

/** The services, one in a line; of a long list only the lines in view are drawn. */
export function ServiceTable({ services, selected }: ServiceTableProps): ReactNode {
  const body = useRef<HTMLTableSectionElement>(null)
  const { rows, fresh, holders, release } = useHeldList(services, nameOf, 'services')
  const { first, end, beforePx, afterPx } = useRowWindow(rows.length, body)
  return (
    <div {...holders} className="list">
      <FreshButton count={fresh} onShow={release} />
      <table className="fixed selectable" aria-rowcount={rows.length + 1}>
        <ServiceTableHead />
        <tbody ref={body}>
          <Spacer px={beforePx} />
          {rows.slice(first, end).map((summary, i) => (
            <ServiceRow
              key={summary.service}
              summary={summary}
              rowIndex={first + i + 2}
              isSelected={summary.service === selected}
            />
          ))}
          <Spacer px={afterPx} />
        </tbody>
      </table>
    </div>
  )
}

interface ServiceRowProps {
  readonly summary: ServiceSummary
  readonly rowIndex: number
  readonly isSelected: boolean
}

function ServiceRow({ summary, rowIndex, isSelected }: ServiceRowProps): ReactNode {
  const select = useSelect()
  const { service, state, reason, liveInstances, instances, lastSeenAt, totals, latency } = summary
  const route = { view: 'services', service } as const
  return (
    <tr
      aria-rowindex={rowIndex}
      className={isSelected ? 'selected' : ''}
      title={reason}
      onClick={() => select(route)}
    >
      <td className="cut">
        <Link to={route} query="keep" className="row-link" isCurrent={isSelected}>
          {service}
        </Link>
      </td>
      <td>
        <StateWord state={state} />
      </td>
      <td className="num">{formatCount(totals.calls)}</td>
      <td className="num">{formatShare(totals.failures, totals.calls)}</td>
      <td className="num roomy-only">{formatShare(totals.rejections, totals.calls)}</td>
      <td className="num roomy-only">{formatCount(sparedOf(totals))}</td>
      <td className="num wide-only">{formatMs(latency.p50)}</td>
      <td className="num roomy-only">{formatMs(latency.p95)}</td>
      <td className="num wide-only">{formatMs(latency.p99)}</td>
      <td className="num wide-only">
        {liveInstances} of {instances}
      </td>
      <td className="num wide-only">
        <Age at={lastSeenAt} />
      </td>
    </tr>
  )
}

function Spacer({ px }: { readonly px: number }): ReactNode {
  if (px === 0) return null
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height: px, padding: 0 }} />
    </tr>
  )
}

function nameOf({ service }: ServiceSummary): string {
  return service
}
