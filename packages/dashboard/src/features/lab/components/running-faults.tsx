import type { LabFault } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { useNow } from '../../../shared/page-context.tsx'
import { faultSentence } from '../model/fault-words.ts'

/** What the list of faults in force needs. */
export interface RunningFaultsProps {
  readonly faults: readonly LabFault[]
  readonly isBusy: boolean
  /** Null stops all. */
  readonly onStop: (id: string | null) => void
}

/** The faults in force, each with the way to end it. */
export function RunningFaults({ faults, isBusy, onStop }: RunningFaultsProps): ReactNode {
  const now = useNow()
  if (faults.length === 0) return <p className="running dim">No fault is in force.</p>
  return (
    <ul className="running" aria-label="Faults in force">
      {faults.map((fault) => (
        <li key={fault.id}>
          <span className="state state-failing">
            <span aria-hidden="true">■</span> {faultSentence(fault, now)}
          </span>
          <button
            type="button"
            disabled={isBusy}
            aria-label={`Stop ${fault.kind} in ${fault.target}`}
            onClick={() => onStop(fault.id)}
          >
            Stop
          </button>
        </li>
      ))}
      <li>
        <button type="button" disabled={isBusy} onClick={() => onStop(null)}>
          Stop all
        </button>
      </li>
    </ul>
  )
}
