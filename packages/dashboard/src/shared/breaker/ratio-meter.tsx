import type { BreakerView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { effectiveState, stripTone } from '../health/health-glyph.ts'
import { ratioBar } from './breaker-sentence.ts'

/** The share of failures against the threshold, as a bar with a notch. */
export function RatioMeter({ breaker }: { readonly breaker: BreakerView }): ReactNode {
  const { value, threshold, words } = ratioBar(breaker)
  const { tone } = stripTone(effectiveState(breaker.facts.state, 'automatic'))
  const reached = value >= threshold && breaker.facts.windowCalls > 0
  return (
    <div className="meter" role="img" aria-label={words} title={words}>
      <i
        className={`meter-value tone-${reached ? 'failing' : tone === 'failing' ? 'degraded' : 'quiet'}`}
        style={{ width: `${value * 100}%` }}
      />
      <i className="meter-notch" style={{ left: `${threshold * 100}%` }} />
    </div>
  )
}
