import type { Clock } from '../clock/clock.ts'
import type { BreakerFacts, OverrideMode } from '../protocol/policy-facts.ts'
import type { CircuitBreakerSettings } from './circuit-breaker-options.ts'
import type { ClosedState } from './closed-state.ts'
import type { HalfOpenState } from './half-open-state.ts'
import type { OpenState } from './open-state.ts'

/** What a breaker's facts are made of. */
export interface BreakerSituation {
  readonly settings: CircuitBreakerSettings
  readonly state: ClosedState | OpenState | HalfOpenState
  readonly override: OverrideMode
  readonly clock: Clock
}

/** Says how a breaker stands, for people: with epoch times and sentences. */
export function breakerFacts({ settings, state, override, clock }: BreakerSituation): BreakerFacts {
  const now = clock.now()
  const toEpoch = (at: number): number => Math.round(clock.epochNow() - now + at)
  const { failureRatio, minimumCalls, consecutiveFailures } = settings
  const evidence = state.kind === 'closed' ? state.evidence(clock.coarseNow()) : { calls: 0, failures: 0 }
  const byRatio = consecutiveFailures === 0
  return {
    state: state.kind === 'open' && state.retryAt <= now ? 'half-open' : state.kind,
    override,
    since: toEpoch(state.since),
    reason: reasonOf(state, evidence),
    windowCalls: evidence.calls,
    windowFailures: evidence.failures,
    windowMs: byRatio ? settings.windowMs : 0,
    failureRatio: byRatio ? failureRatio : 0,
    threshold: consecutiveFailures,
    minimumCalls: byRatio ? minimumCalls : 0,
    nextTrialAt: state.kind === 'open' ? toEpoch(state.retryAt) : null,
    closesWhen: closesWhen(state, settings),
  }
}

function reasonOf(state: BreakerSituation['state'], evidence: { calls: number; failures: number }): string {
  if (state.kind === 'open') return state.reason
  if (state.kind === 'half-open') return `${state.running} trials run, ${state.successes} succeeded`
  if (evidence.calls === 0) return 'no calls in the window'
  return `${evidence.failures} of ${evidence.calls} calls failed`
}

function closesWhen(state: BreakerSituation['state'], settings: CircuitBreakerSettings): string {
  if (state.kind === 'closed') return ''
  const left = settings.successThreshold - (state.kind === 'half-open' ? state.successes : 0)
  return left === 1 ? 'the next trial succeeds' : `the next ${left} trials succeed`
}
