import type { GroupSummary } from 'breakwater/protocol'
import { type ReactNode, useRef } from 'react'
import { Sparkline } from '../../../shared/chart/sparkline.tsx'
import { Age } from '../../../shared/format/age.tsx'
import { formatCount } from '../../../shared/format/format-number.ts'
import { FreshButton } from '../../../shared/list/fresh-button.tsx'
import { useHeldList } from '../../../shared/list/use-held-list.ts'
import { useRowWindow } from '../../../shared/list/use-row-window.ts'
import { Link } from '../../../shared/router/link.tsx'
import { useSelect } from '../../../shared/router/use-place.ts'

/** What the table of groups needs. */
export interface GroupTableProps {
  readonly groups: readonly GroupSummary[]
  readonly selected: string | null
  /** Names what is listed: another list is not held. */
  readonly scope: string
}

const columns = 7

/** The groups, one in a line; of a long list only the lines in view are drawn. */
export function GroupTable({ groups, selected, scope }: GroupTableProps): ReactNode {
  const body = useRef<HTMLTableSectionElement>(null)
  const { rows, fresh, holders, release } = useHeldList(groups, idOf, scope)
  const { first, end, beforePx, afterPx } = useRowWindow(rows.length, body)
  return (
    <div {...holders} className="list">
      <FreshButton count={fresh} onShow={release} />
      <table className="fixed selectable" aria-rowcount={rows.length + 1}>
        <Head />
        <tbody ref={body}>
          <Spacer px={beforePx} />
          {rows.slice(first, end).map((group, i) => (
            <GroupRow
              key={group.id}
              group={group}
              rowIndex={first + i + 2}
              isSelected={group.id === selected}
            />
          ))}
          <Spacer px={afterPx} />
        </tbody>
      </table>
    </div>
  )
}

function Head(): ReactNode {
  return (
    <thead>
      <tr>
        <th scope="col">Error</th>
        <th scope="col" className="col-service wide-only">
          Services
        </th>
        <th scope="col" className="col-word wide-only">
          Severity
        </th>
        <th scope="col" className="col-spark roomy-only">
          Trend
        </th>
        <th scope="col" className="num col-count">
          Count
        </th>
        <th scope="col" className="num col-age">
          Last seen
        </th>
        <th scope="col" className="num col-age wide-only">
          First seen
        </th>
      </tr>
    </thead>
  )
}

interface GroupRowProps {
  readonly group: GroupSummary
  readonly rowIndex: number
  readonly isSelected: boolean
}

function GroupRow({ group, rowIndex, isSelected }: GroupRowProps): ReactNode {
  const select = useSelect()
  const { id, name, message, culprit, services, severity, sparkline, count, lastSeenAt, firstSeenAt } = group
  const route = { view: 'errors', group: id } as const
  return (
    <tr aria-rowindex={rowIndex} className={isSelected ? 'selected' : ''} onClick={() => select(route)}>
      <td className="cut" title={`${name}: ${message}\n${culprit}`}>
        <Link to={route} query="keep" className="row-link" isCurrent={isSelected}>
          <b>{name}</b> {message}
        </Link>{' '}
        <span className="dim mono">{culprit}</span>
      </td>
      <td className="cut wide-only">{services.join(', ')}</td>
      <td className={`wide-only severity-${severity}`}>{severity}</td>
      <td className="roomy-only">
        <Sparkline counts={sparkline} />
      </td>
      <td className="num">{formatCount(count)}</td>
      <td className="num">
        <Age at={lastSeenAt} />
      </td>
      <td className="num wide-only">
        <Age at={firstSeenAt} />
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

function idOf(group: GroupSummary): string {
  return group.id
}
