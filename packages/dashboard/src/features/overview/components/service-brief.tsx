import type { ServiceSummary } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { formatMs, formatShare } from '../../../shared/format/format-number.ts'
import { StateWord } from '../../../shared/health/state-word.tsx'
import { Empty } from '../../../shared/layout/empty.tsx'
import { errorsOf } from '../../../shared/outcome/outcome-totals.ts'
import { Link } from '../../../shared/router/link.tsx'
import { rankServices } from '../model/rank-services.ts'

const maxShown = 8

/** The services with their state, the worst first. */
export function ServiceBrief({ services }: { readonly services: readonly ServiceSummary[] }): ReactNode {
  if (services.length === 0) return <Empty>No service has reported in this range.</Empty>
  return (
    <table className="fixed">
      <thead>
        <tr>
          <th scope="col">Service</th>
          <th scope="col" className="col-state">
            State
          </th>
          <th scope="col" className="num col-share">
            No answer
          </th>
          <th scope="col" className="num col-ms">
            p95 ms
          </th>
        </tr>
      </thead>
      <tbody>
        {rankServices(services)
          .slice(0, maxShown)
          .map((service) => (
            <ServiceLine key={service.service} summary={service} />
          ))}
      </tbody>
    </table>
  )
}

function ServiceLine({ summary }: { readonly summary: ServiceSummary }): ReactNode {
  const { service, state, reason, totals, latency } = summary
  return (
    <tr title={reason}>
      <td className="cut">
        <Link to={{ view: 'services', service }}>{service}</Link>
      </td>
      <td>
        <StateWord state={state} />
      </td>
      <td className="num">{formatShare(errorsOf(totals), totals.calls)}</td>
      <td className="num">{formatMs(latency.p95)}</td>
    </tr>
  )
}
