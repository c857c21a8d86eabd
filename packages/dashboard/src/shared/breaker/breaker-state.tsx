import type { BreakerView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { effectiveState, stateWord, stripTone } from '../health/health-glyph.ts'
import { StateWord } from '../health/state-word.tsx'

/** The state of a breaker: glyph and word, and a lock while a person holds it. */
export function BreakerState({ breaker }: { readonly breaker: BreakerView }): ReactNode {
  const state = effectiveState(breaker.facts.state, breaker.appliedOverride)
  return (
    <span className="breaker-state">
      <StateWord state={stripTone(state).tone} word={stateWord(state)} />
      {breaker.override ? <Lock /> : null}
    </span>
  )
}

function Lock(): ReactNode {
  return (
    <svg className="lock" width="10" height="12" viewBox="0 0 10 12" role="img" aria-label="overridden">
      <path d="M0 5h10v7H0z" />
      <path
        d="M2.500 5V3.500a2.500 2.500 0 0 1 5 0V5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.400"
      />
    </svg>
  )
}
