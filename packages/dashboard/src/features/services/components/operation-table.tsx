import type { OperationView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { formatCount, formatMs, formatShare } from '../../../shared/format/format-number.ts'
import { Empty } from '../../../shared/layout/empty.tsx'
import { Section } from '../../../shared/layout/section.tsx'
import { sparedOf } from '../../../shared/outcome/outcome-totals.ts'
import { Link } from '../../../shared/router/link.tsx'

/** What the table of operations needs. */
export interface OperationTableProps {
  readonly operations: readonly OperationView[]
  readonly selected: string
  readonly service: string
}

const heads = ['Calls', 'Failed', 'Rejected', 'Spared', 'p50 ms', 'p95 ms', 'p99 ms', 'Running']

/** The operations of a service; one that is opened is what the charts show. */
export function OperationTable({ operations, selected, service }: OperationTableProps): ReactNode {
  return (
    <Section title="Operations">
      {operations.length === 0 ? <Empty>No call in this range.</Empty> : null}
      <div className="scroll-x" role="region" aria-label="Operations" tabIndex={0}>
        <table hidden={operations.length === 0}>
          <thead>
            <tr>
              <th scope="col">Operation</th>
              {heads.map((head) => (
                <th key={head} scope="col" className="num">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {operations.map((view) => (
              <OperationRow
                key={view.operation}
                view={view}
                service={service}
                isSelected={view.operation === selected}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

interface OperationRowProps {
  readonly view: OperationView
  readonly service: string
  readonly isSelected: boolean
}

function OperationRow({ view, service, isSelected }: OperationRowProps): ReactNode {
  const { operation, totals, latency, inFlight } = view
  return (
    <tr className={isSelected ? 'selected' : ''}>
      <td>
        <Link to={{ view: 'services', service }} query={{ operation }} isCurrent={isSelected}>
          {operation}
        </Link>
      </td>
      <td className="num">{formatCount(totals.calls)}</td>
      <td className="num">{formatShare(totals.failures, totals.calls)}</td>
      <td className="num">{formatShare(totals.rejections, totals.calls)}</td>
      <td className="num">{formatShare(sparedOf(totals), totals.calls)}</td>
      <td className="num">{formatMs(latency.p50)}</td>
      <td className="num">{formatMs(latency.p95)}</td>
      <td className="num">{formatMs(latency.p99)}</td>
      <td className="num">{formatCount(inFlight)}</td>
    </tr>
  )
}
