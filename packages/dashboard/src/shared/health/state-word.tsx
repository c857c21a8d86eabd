import type { HealthState } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { healthTone } from './health-glyph.ts'

/** A state as colour, glyph and word together: none of them alone. */
export function StateWord({
  state,
  word,
}: {
  readonly state: HealthState
  readonly word?: string
}): ReactNode {
  const { tone, glyph } = healthTone(state)
  return (
    <span className={`state state-${tone}`}>
      <span aria-hidden="true">{glyph}</span> {word ?? state}
    </span>
  )
}
