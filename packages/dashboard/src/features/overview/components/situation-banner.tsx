import type { OverviewView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { StateWord } from '../../../shared/health/state-word.tsx'
import { useNow } from '../../../shared/page-context.tsx'
import { buildSituation } from '../model/situation.ts'

/** What the sentences are made of. */
export interface SituationBannerProps {
  readonly view: OverviewView
  /** How long the range is that was asked for. */
  readonly spanMs: number
}

/** What is going on, in three sentences. The state is announced when it changes; the countdown is not. */
export function SituationBanner({ view, spanMs }: SituationBannerProps): ReactNode {
  const { state, headline, whom, doing } = buildSituation(view, { now: useNow(), spanMs })
  return (
    <section className={`banner banner-${state}`} aria-label="Situation">
      <p className="banner-headline">
        <span aria-live="polite">
          <StateWord state={state} word={stateWords[state]} />
        </span>
        <strong>{headline}</strong>
      </p>
      <p className="banner-more">
        {whom} {doing}
      </p>
    </section>
  )
}

const stateWords = { ok: 'All well', degraded: 'Degraded', failing: 'Failing', unknown: 'Unknown' }
