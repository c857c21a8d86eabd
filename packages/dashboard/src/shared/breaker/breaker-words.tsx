import type { ReactNode } from 'react'
import { Age } from '../format/age.tsx'
import { useNow } from '../page-context.tsx'
import { breakerSentence, modeWords, nextTrialSentence, pendingOverride } from './breaker-sentence.ts'
import type { BreakerPolicy } from './breaker-rank.ts'

/** Why a breaker stands as it does, what happens next, and who holds it; counts down each second. */
export function BreakerWords({ policy }: { readonly policy: BreakerPolicy }): ReactNode {
  const now = useNow()
  const { breaker } = policy
  const next = nextTrialSentence(breaker, now)
  const pending = pendingOverride(breaker)
  return (
    <p className="breaker-words">
      {capital(breakerSentence(breaker, now))}.{' '}
      {next === '' ? null : <span className="countdown">{next}. </span>}
      {breaker.override ? (
        <span>
          {capital(modeWords(breaker.override.mode))} by <b>{breaker.override.by}</b>{' '}
          <Age at={breaker.override.at} />: {breaker.override.reason}.{' '}
        </span>
      ) : null}
      {pending === '' ? null : <em>{pending}.</em>}
    </p>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
