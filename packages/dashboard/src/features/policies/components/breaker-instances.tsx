import type { PolicyInstanceView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { Age } from '../../../shared/format/age.tsx'
import { noFigure } from '../../../shared/format/format-number.ts'
import { effectiveState, stateWord, stripTone } from '../../../shared/health/health-glyph.ts'
import { StateWord } from '../../../shared/health/state-word.tsx'
import { Section } from '../../../shared/layout/section.tsx'

/** How a breaker stands in each process of its service. */
export function BreakerInstances({
  instances,
}: {
  readonly instances: readonly PolicyInstanceView[]
}): ReactNode {
  return (
    <Section title="In each instance">
      <div className="scroll-x" role="region" aria-label="Instances" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Instance</th>
              <th scope="col">State</th>
              <th scope="col" className="num">
                Failed in window
              </th>
              <th scope="col" className="num">
                Last report
              </th>
            </tr>
          </thead>
          <tbody>
            {instances.map((view) => (
              <InstanceRow key={view.instance} view={view} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function InstanceRow({
  view: { instance, breaker, lastSeenAt },
}: {
  readonly view: PolicyInstanceView
}): ReactNode {
  const state = breaker ? effectiveState(breaker.state, breaker.override) : 'unknown'
  return (
    <tr>
      <td className="mono">{instance}</td>
      <td>
        <StateWord state={stripTone(state).tone} word={stateWord(state)} />
      </td>
      <td className="num">{breaker ? `${breaker.windowFailures} of ${breaker.windowCalls}` : noFigure}</td>
      <td className="num">
        <Age at={lastSeenAt} />
      </td>
    </tr>
  )
}
