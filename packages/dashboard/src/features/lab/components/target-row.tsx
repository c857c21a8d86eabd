import type { LabFaultKind, LabView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { plural } from '../../../shared/format/format-number.ts'
import { StateWord } from '../../../shared/health/state-word.tsx'
import { faultChoices } from '../model/fault-words.ts'

/** What a target's line needs. */
export interface TargetRowProps {
  readonly target: LabView['targets'][number]
  readonly isBusy: boolean
  readonly onStart: (kind: LabFaultKind) => void
}

/** A service that can be broken, and the ways to break it. */
export function TargetRow({ target, isBusy, onStart }: TargetRowProps): ReactNode {
  return (
    <li>
      <b className="target-name">{target.name}</b>
      <StateWord state={target.isUp ? 'ok' : 'failing'} word={target.isUp ? 'up' : 'down'} />
      <span className="dim target-process">
        {target.pid === null ? 'no process' : `pid ${target.pid}`}, {plural(target.restarts, 'restart')}
      </span>
      <span className="kinds">
        {faultChoices.map(({ kind, label, effect }) => (
          <button
            key={kind}
            type="button"
            title={effect}
            disabled={isBusy}
            aria-label={`${label} in ${target.name}: ${effect}`}
            onClick={() => onStart(kind)}
          >
            {label}
          </button>
        ))}
      </span>
    </li>
  )
}
