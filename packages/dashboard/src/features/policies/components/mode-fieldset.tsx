import type { OverrideMode } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { modeChoices } from '../model/override-draft.ts'

/** What the choice of a mode needs. */
export interface ModeFieldsetProps {
  readonly mode: OverrideMode
  readonly onChange: (mode: OverrideMode) => void
}

/** The modes of an order, each with what it does. */
export function ModeFieldset({ mode, onChange }: ModeFieldsetProps): ReactNode {
  return (
    <fieldset className="modes">
      <legend className="visually-hidden">What the breaker is to do</legend>
      {modeChoices.map((choice) => (
        <label key={choice.mode}>
          <input
            type="radio"
            name="mode"
            checked={choice.mode === mode}
            onChange={() => onChange(choice.mode)}
          />
          <span>
            <b>{choice.label}</b> <span className="dim">{choice.effect}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
