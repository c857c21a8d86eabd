import type { PolicyView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { type BreakerPolicy, policyKey, rankBreakers } from '../../../shared/breaker/breaker-rank.ts'
import { BreakerState } from '../../../shared/breaker/breaker-state.tsx'
import { BreakerWords } from '../../../shared/breaker/breaker-words.tsx'
import { HistoryStrip } from '../../../shared/breaker/history-strip.tsx'
import { Empty } from '../../../shared/layout/empty.tsx'
import { Link } from '../../../shared/router/link.tsx'

const maxShown = 4

/** The breakers that are open, on trial or held by a person, worst first. */
export function BreakerBrief({ policies }: { readonly policies: readonly PolicyView[] }): ReactNode {
  const breakers = rankBreakers(policies)
  if (breakers.length === 0) return <Empty>No breaker is open or held by a person.</Empty>
  return (
    <ul className="briefs">
      {breakers.slice(0, maxShown).map((policy) => (
        <BriefLine key={policyKey(policy)} policy={policy} />
      ))}
      {breakers.length > maxShown ? <li className="more">and {breakers.length - maxShown} more</li> : null}
    </ul>
  )
}

function BriefLine({ policy }: { readonly policy: BreakerPolicy }): ReactNode {
  const { service, name, breaker } = policy
  return (
    <li className="brief">
      <div className="brief-head">
        <Link to={{ view: 'policies', service, policy: name }}>
          <b>{name}</b> <span className="dim">in {service}</span>
        </Link>
        <BreakerState breaker={breaker} />
      </div>
      <BreakerWords policy={policy} />
      <HistoryStrip strip={breaker.strip} />
    </li>
  )
}
