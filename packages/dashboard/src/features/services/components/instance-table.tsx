import type { InstanceView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { Age } from '../../../shared/format/age.tsx'
import { formatCount, formatShare } from '../../../shared/format/format-number.ts'
import { StateWord } from '../../../shared/health/state-word.tsx'
import { Section } from '../../../shared/layout/section.tsx'
import { droppedWords, instanceHealth, instanceWhere } from '../model/instance-words.ts'

const heads = ['Last report', 'Calls', 'Failed', 'Lost', 'Started']

/** The processes of a service. */
export function InstanceTable({ instances }: { readonly instances: readonly InstanceView[] }): ReactNode {
  return (
    <Section title="Instances">
      <div className="scroll-x" role="region" aria-label="Instances" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Instance</th>
              <th scope="col">State</th>
              {heads.map((head) => (
                <th key={head} scope="col" className="num">
                  {head}
                </th>
              ))}
              <th scope="col">Where</th>
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

function InstanceRow({ view }: { readonly view: InstanceView }): ReactNode {
  return (
    <tr>
      <td className="mono">{view.instance}</td>
      <td>
        <StateWord state={instanceHealth(view.state)} word={view.state} />
      </td>
      <td className="num">
        <Age at={view.lastSeenAt} />
      </td>
      <td className="num">{formatCount(view.lifetime.calls)}</td>
      <td className="num">{formatShare(view.lifetime.failures, view.lifetime.calls)}</td>
      <td className="num">{droppedWords(view)}</td>
      <td className="num">
        <Age at={view.startedAt} />
      </td>
      <td className="dim">{instanceWhere(view)}</td>
    </tr>
  )
}
