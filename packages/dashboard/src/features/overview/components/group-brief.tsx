import type { GroupSummary } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { Sparkline } from '../../../shared/chart/sparkline.tsx'
import { Age } from '../../../shared/format/age.tsx'
import { formatCount } from '../../../shared/format/format-number.ts'
import { formatSpan } from '../../../shared/format/format-time.ts'
import { Empty } from '../../../shared/layout/empty.tsx'
import { FreshButton } from '../../../shared/list/fresh-button.tsx'
import { useHeldList } from '../../../shared/list/use-held-list.ts'
import { Link } from '../../../shared/router/link.tsx'

/** What the short list of groups needs. */
export interface GroupBriefProps {
  readonly groups: readonly GroupSummary[]
  /** How long the range is that was asked for. */
  readonly spanMs: number
}

/** The groups that occur most, in one line each. */
export function GroupBrief({ groups, spanMs }: GroupBriefProps): ReactNode {
  const { rows, fresh, holders, release } = useHeldList(groups, idOf, 'overview')
  if (groups.length === 0) return <Empty>No errors in the last {formatSpan(spanMs)}.</Empty>
  return (
    <div {...holders}>
      <FreshButton count={fresh} onShow={release} />
      <table className="fixed">
        <thead>
          <tr>
            <th scope="col">Error</th>
            <th scope="col" className="col-spark">
              Trend
            </th>
            <th scope="col" className="num col-count">
              Count
            </th>
            <th scope="col" className="num col-age">
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((group) => (
            <GroupLine key={group.id} group={group} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function GroupLine({ group }: { readonly group: GroupSummary }): ReactNode {
  const { id, name, message, services, sparkline, count, lastSeenAt } = group
  return (
    <tr>
      <td className="cut" title={`${name}: ${message}`}>
        <Link to={{ view: 'errors', group: id }}>
          <b>{name}</b> {message}
        </Link>{' '}
        <span className="dim">{services.join(', ')}</span>
      </td>
      <td>
        <Sparkline counts={sparkline} />
      </td>
      <td className="num">{formatCount(count)}</td>
      <td className="num">
        <Age at={lastSeenAt} />
      </td>
    </tr>
  )
}

function idOf(group: GroupSummary): string {
  return group.id
}
