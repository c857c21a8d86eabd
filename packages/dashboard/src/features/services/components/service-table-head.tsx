import type { ReactNode } from 'react'

/** The columns of the table of services, units included. */
export function ServiceTableHead(): ReactNode {
  return (
    <thead>
      <tr>
        <th scope="col">Service</th>
        <th scope="col" className="col-state">
          State
        </th>
        <Figure label="Calls" />
        <Figure label="Failed" />
        <Figure label="Rejected" room="roomy-only" />
        <Figure label="Spared" room="roomy-only" />
        <Figure label="p50 ms" room="wide-only" />
        <Figure label="p95 ms" room="roomy-only" />
        <Figure label="p99 ms" room="wide-only" />
        <Figure label="Live" room="wide-only" />
        <Figure label="Last seen" room="wide-only" />
      </tr>
    </thead>
  )
}

function Figure({ label, room = '' }: { readonly label: string; readonly room?: string }): ReactNode {
  return (
    <th scope="col" className={`num col-figure ${room}`}>
      {label}
    </th>
  )
}
