import type { PolicyView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { policyKey } from '../../../shared/breaker/breaker-rank.ts'
import { noFigure } from '../../../shared/format/format-number.ts'
import { Section } from '../../../shared/layout/section.tsx'
import { figureWords } from '../model/policy-figures.ts'

/** The policies that are no circuit breakers, with their counters and how they stand. */
export function OtherPolicies({ policies }: { readonly policies: readonly PolicyView[] }): ReactNode {
  return (
    <Section title="Other policies">
      <div className="scroll-x" role="region" aria-label="Other policies" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Policy</th>
              <th scope="col">Kind</th>
              <th scope="col">Service</th>
              <th scope="col">Now</th>
              <th scope="col">In this range</th>
            </tr>
          </thead>
          <tbody>
            {policies.map((policy) => (
              <tr key={policyKey(policy)}>
                <td>{policy.name}</td>
                <td>{policy.kind.replace('-', ' ')}</td>
                <td>{policy.service}</td>
                <td>{figureWords(policy.gauges) || noFigure}</td>
                <td>{figureWords(policy.counters) || noFigure}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
