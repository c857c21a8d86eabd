import type { PolicyView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { isBreaker, policyKey } from '../../../shared/breaker/breaker-rank.ts'
import { BreakerState } from '../../../shared/breaker/breaker-state.tsx'
import { HistoryStrip } from '../../../shared/breaker/history-strip.tsx'
import { Empty } from '../../../shared/layout/empty.tsx'
import { Section } from '../../../shared/layout/section.tsx'
import { Link } from '../../../shared/router/link.tsx'

/** The circuit breakers of a service in one line each, and how many other policies it has. */
export function ServicePolicies({ policies }: { readonly policies: readonly PolicyView[] }): ReactNode {
  const breakers = policies.filter(isBreaker)
  const others = policies.length - breakers.length
  const more = others > 0 ? <span className="dim">and {others} other policies</span> : null
  return (
    <Section title="Circuit breakers" aside={more}>
      {breakers.length === 0 ? <Empty>This service has none.</Empty> : null}
      <ul className="rows">
        {breakers.map((policy) => (
          <li key={policyKey(policy)}>
            <Link to={{ view: 'policies', service: policy.service, policy: policy.name }}>{policy.name}</Link>
            <BreakerState breaker={policy.breaker} />
            <HistoryStrip strip={policy.breaker.strip} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
