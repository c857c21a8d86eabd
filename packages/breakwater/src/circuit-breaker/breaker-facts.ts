import type { BreakerFacts, OverrideMode } from '../protocol/policy-facts.ts'
import type { BreakerTerms } from './circuit-breaker-terms.ts'
import type { ClosedState, Evidence } from './closed-state.ts'
import type { HalfOpenState } from './half-open-state.ts'
import type { OpenState } from './open-state.ts'
import { type RampState, rampSentence } from './ramp-state.ts'

/** What a breaker's facts are made of. */
export interface BreakerSituation {
  readonly terms: BreakerTerms
  readonly state: ClosedState | OpenState | HalfOpenState | RampState
  readonly override: OverrideMode
  /** Why there is an override; undefined when there is none. */
  readonly orderReason: string | undefined
}

const noEvidence: Evidence = /* @__PURE__ */ Object.freeze({ calls: 0, failures: 0, slowCalls: 0 })

/** Says how a breaker stands, for people: with epoch times and sentences. */
export function breakerFacts({ terms, state, override }: BreakerSituation): BreakerFacts {
  const { clock, failureRatio, minimumCalls, consecutiveFailures, windowCalls, windowMs } = terms
  const now = clock.now()
  const toEpoch = (at: number): number => Math.round(clock.epochNow() - now + at)
  const evidence = evidenceOf(state, clock.coarseNow())
  const byRatio = consecutiveFailures === 0
  return {
    state: publicState(state, now),
    override,
    since: toEpoch(state.since),
    reason: reasonOf(state, evidence, now),
    windowCalls: evidence.calls,
    windowFailures: evidence.failures,
    windowMs: byRatio && windowCalls === 0 ? windowMs : 0,
    failureRatio: byRatio ? failureRatio : 0,
    threshold: consecutiveFailures,
    minimumCalls: byRatio ? minimumCalls : 0,
    nextTrialAt: state.kind === 'open' ? toEpoch(state.retryAt) : null,
    closesWhen: closesWhen(state, terms),
  }
}

function publicState(state: BreakerSituation['state'], now: number): BreakerFacts['state'] {
  if (state.kind === 'ramp') return 'closed'
  return state.kind === 'open' && state.retryAt <= now ? 'half-open' : state.kind
}

function evidenceOf(state: BreakerSituation['state'], now: number): Evidence {
  if (state.kind === 'closed') return state.evidence(now)
  return state.kind === 'ramp' ? state.closed.evidence(now) : noEvidence
}

function reasonOf(state: BreakerSituation['state'], evidence: Evidence, now: number): string {
  if (state.kind === 'open') return state.reason
  if (state.kind === 'half-open') {
    const failures = state.failures === 0 ? '' : `, ${state.failures} failed`
    return `${state.running} trials run, ${state.successes} succeeded${failures}`
  }
  const share = state.kind === 'ramp' ? state.share(now) : 1
  if (share < 1) return rampSentence(share)
  if (evidence.calls === 0) return 'no calls in the window'
  const slow = evidence.slowCalls === 0 ? '' : `, ${evidence.slowCalls} were slow`
  return `${evidence.failures} of ${evidence.calls} calls failed${slow}`
}

/** What would close a circuit, one sentence; empty when it is closed. */
export function closesWhen(state: BreakerSituation['state'], terms: BreakerTerms): string {
  if (state.kind === 'closed' || state.kind === 'ramp') return ''
  const { successThreshold, trials } = terms
  const left = successThreshold - (state.kind === 'half-open' ? state.successes : 0)
  if (trials > successThreshold) return `${successThreshold} of ${trials} trials succeed`
  return left === 1 ? 'the next trial succeeds' : `the next ${left} trials succeed`
}
