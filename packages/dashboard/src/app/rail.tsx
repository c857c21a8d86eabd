import type { ReactNode } from 'react'
import { useOverview } from '../features/overview/api/get-overview.ts'
import { Link } from '../shared/router/link.tsx'
import type { ViewName } from '../shared/router/route.ts'
import { attentionCounts } from './attention-counts.ts'
import { railEntries } from './rail-entries.ts'

/** What the rail needs. */
export interface RailProps {
  readonly hasLab: boolean
  readonly view: ViewName
}

/** The views, each with a count when it needs a person. */
export function Rail({ hasLab, view }: RailProps): ReactNode {
  const counts = attentionCounts(useOverview().data)
  return (
    <nav className="rail" aria-label="Views">
      <p className="brand">Breakwater</p>
      <ul>
        {railEntries(hasLab).map(({ name, label, to }) => (
          <li key={name}>
            <Link to={to} isCurrent={name === view} className="rail-link">
              {label} <Count count={counts[name] ?? 0} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Count({ count }: { readonly count: number }): ReactNode {
  if (count === 0) return null
  return (
    <span className="count">
      {count}
      <span className="visually-hidden"> need attention</span>
    </span>
  )
}
