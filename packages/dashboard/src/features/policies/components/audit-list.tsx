import type { AuditEntry } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { modeWords } from '../../../shared/breaker/breaker-sentence.ts'
import { Age } from '../../../shared/format/age.tsx'
import { Empty } from '../../../shared/layout/empty.tsx'
import { QueryView } from '../../../shared/layout/query-view.tsx'
import { Section } from '../../../shared/layout/section.tsx'
import { Link } from '../../../shared/router/link.tsx'
import { useAudit } from '../api/get-audit.ts'

/** Who stepped in, when and why; newest first. */
export function AuditList(): ReactNode {
  const query = useAudit()
  return (
    <Section title="Who stepped in">
      <QueryView query={query} what="the audit trail">
        {({ entries }) =>
          entries.length === 0 ? (
            <Empty>Nobody has overridden a breaker yet.</Empty>
          ) : (
            <Entries entries={entries} />
          )
        }
      </QueryView>
    </Section>
  )
}

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }): ReactNode {
  return (
    <ul className="audit">
      {entries.map((entry) => (
        <EntryLine key={entry.id} entry={entry} />
      ))}
    </ul>
  )
}

function EntryLine({ entry }: { readonly entry: AuditEntry }): ReactNode {
  const { service, policy, by, at, before, after, reason } = entry
  return (
    <li>
      <span className="num audit-age">
        <Age at={at} />
      </span>
      <span>
        <b>{by}</b> set <Link to={{ view: 'policies', service, policy }}>{policy}</Link>{' '}
        <span className="dim">in {service}</span> from {modeWords(before)} to {modeWords(after)}: {reason}
      </span>
    </li>
  )
}
