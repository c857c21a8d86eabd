import type { ReactNode } from 'react'
import { formatDuration } from '../shared/format/format-time.ts'
import { useLive } from '../shared/live/use-live.ts'
import { useNow, usePage } from '../shared/page-context.tsx'

/** Says that the connection is lost, and how old what is shown is; nothing while all is well. */
export function ConnectionBar(): ReactNode {
  const { status, receivedAt } = useLive()
  return (
    <div role="status" className="connection">
      {status === 'lost' ? <Lost receivedAt={receivedAt} /> : null}
    </div>
  )
}

function Lost({ receivedAt }: { readonly receivedAt: number | null }): ReactNode {
  const { live } = usePage()
  return (
    <p className="connection-bar">
      <span>
        <span className="state state-degraded">
          <span aria-hidden="true">◐</span> The connection to the hub is lost.
        </span>{' '}
        {receivedAt === null ? null : <ShownAge receivedAt={receivedAt} />} The services go on without it; the
        page reconnects by itself and catches up.
      </span>
      <button type="button" onClick={live.reconnect}>
        Reconnect now
      </button>
    </p>
  )
}

// The age ticks, but is not announced each second.
function ShownAge({ receivedAt }: { readonly receivedAt: number }): ReactNode {
  const now = useNow()
  return <span aria-live="off">What is shown is {formatDuration(now - receivedAt)} old.</span>
}
