import type { GroupDetailView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { formatCount } from '../../../shared/format/format-number.ts'
import { Section } from '../../../shared/layout/section.tsx'
import { Link } from '../../../shared/router/link.tsx'

/** Where a group occurs: by service and operation, exact. */
export function CountTables({ view }: { readonly view: GroupDetailView }): ReactNode {
  return (
    <Section title="Where it occurs">
      <table>
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">Operation</th>
            <th scope="col" className="num">
              Count
            </th>
          </tr>
        </thead>
        <tbody>
          {view.byOperation.map(({ service, operation, count }) => (
            <tr key={`${service} ${operation}`}>
              <td>
                <Link to={{ view: 'services', service }}>{service}</Link>
              </td>
              <td>{operation === '' ? <span className="dim">outside any operation</span> : operation}</td>
              <td className="num">{formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
