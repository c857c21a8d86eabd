import type { BreakerState, OverrideMode } from '../protocol/policy-facts.ts'
import { breakerFacts, type BreakerSituation, closesWhen } from './breaker-facts.ts'
import type { BreakerPast } from './breaker-past.ts'
import type { DependencyHealth } from './dependency-health.ts'

/** A failure that {@link BreakerDiagnosis} names. */
export interface DiagnosedFailure {
  readonly name: string
  /** At most 200 characters; it is the application's own text and may hold what logs should not. */
  readonly message: string
  readonly count: number
  /** When it was last seen, epoch milliseconds. */
  readonly at: number
}

/** Why a breaker stands as it does, what ends that, and what to look at: for people who find it stuck. */
export interface BreakerDiagnosis {
  readonly state: BreakerState
  readonly override: OverrideMode
  /** Why, one sentence. */
  readonly because: string
  /** What ends it, one sentence; empty when calls pass. */
  readonly endsWhen: string
  /** Milliseconds until the next trial is admitted, 0 for at the next call; null unless it is open. */
  readonly nextTrialInMs: number | null
  /** What the health probe said last, and when (epoch milliseconds). */
  readonly dependency: DependencyHealth
  readonly dependencyAt: number | null
  /** Openings since it was last closed for good. */
  readonly openings: number
  /** The numbers in force. */
  readonly thresholds: Readonly<Record<string, number>>
  /** The last different failures, newest first. */
  readonly lastFailures: readonly DiagnosedFailure[]
  /** What to look at, most likely first. */
  readonly check: readonly string[]
}

/** Makes the diagnosis of a breaker. */
export function diagnoseBreaker(
  situation: BreakerSituation,
  past: BreakerPast | undefined,
): BreakerDiagnosis {
  const { state, override, terms, orderReason } = situation
  const { clock } = terms
  const now = clock.now()
  const toEpoch = (at: number): number => Math.round(clock.epochNow() - now + at)
  const facts = breakerFacts(situation)
  const isHeld = override === 'forced-open'
  return {
    state: facts.state,
    override,
    because: orderReason === undefined ? facts.reason : `${override} by hand: ${orderReason}`,
    endsWhen: isHeld ? 'whoever holds it open gives it back' : endsWhen(situation, now),
    nextTrialInMs: state.kind === 'open' && !isHeld ? Math.max(0, Math.ceil(state.retryAt - now)) : null,
    dependency: past?.health ?? 'unknown',
    dependencyAt: past === undefined || past.health === 'unknown' ? null : toEpoch(past.healthAt),
    openings: past?.openings ?? 0,
    thresholds: thresholdsOf(situation),
    lastFailures: (past?.failures?.seen ?? []).map((seen) => ({ ...seen, at: toEpoch(seen.at) })),
    check: checksOf(situation, past, now),
  }
}

function endsWhen({ state, terms }: BreakerSituation, now: number): string {
  const trial = closesWhen(state, terms)
  if (state.kind === 'half-open') return trial
  if (state.kind === 'ramp') {
    const leftMs = Math.max(0, state.endsAt - now)
    return leftMs === 0 ? '' : `all calls are let in in ${seconds(leftMs)} unless too many fail`
  }
  if (state.kind === 'closed') return ''
  const waitMs = state.retryAt - now
  return waitMs <= 0 ? `at the next call: ${trial}` : `in ${seconds(waitMs)}, at the next call: ${trial}`
}

function thresholdsOf({ terms }: BreakerSituation): Readonly<Record<string, number>> {
  const { failureRatio, minimumCalls, windowMs, windowCalls, slowCallMs, slowCallRatio } = terms
  const { consecutiveFailures, openMs, maxOpenMs, successThreshold, trials, halfOpenLimit, trialLeaseMs } =
    terms
  const window = windowCalls > 0 ? { windowCalls } : { windowMs }
  const slow = slowCallMs > 0 ? { slowCallMs } : {}
  const opening =
    consecutiveFailures > 0
      ? { consecutiveFailures, ...slow }
      : { failureRatio, minimumCalls, ...window, ...(slowCallMs > 0 && { ...slow, slowCallRatio }) }
  const closing = { openMs, maxOpenMs, successThreshold, halfOpenLimit, trialLeaseMs }
  return { ...opening, ...closing, ...(trials > 0 && { trials }) }
}

function checksOf(
  { state, override, terms }: BreakerSituation,
  past: BreakerPast | undefined,
  now: number,
): string[] {
  const { halfOpenLimit, trialLeaseMs, maxOpenMs } = terms
  const isOpen = state.kind === 'open' || state.kind === 'half-open'
  const checks: readonly (readonly [boolean, string])[] = [
    [override !== 'automatic', 'who gave the order, and whether it is still wanted'],
    [
      isOpen && past?.health === 'healthy',
      'the dependency is said to be healthy: whether the health check takes the way that the calls take',
    ],
    [isOpen && past?.health === 'unhealthy', 'the dependency itself: its health check fails as well'],
    [
      state.kind === 'open' && state.retryAt <= now,
      'whether any call comes at all: a trial is made by a call, and not by time alone',
    ],
    [
      state.kind === 'half-open' && state.running >= halfOpenLimit,
      `trials that hang: each keeps its place for up to ${seconds(trialLeaseMs)}; give the work a timeout`,
    ],
    [
      (past?.openMs ?? 0) >= maxOpenMs,
      `the open time has grown to its cap of ${seconds(maxOpenMs)}: the dependency has been down for long`,
    ],
    [isOpen && (past?.failures?.seen.length ?? 0) > 0, 'the last failures, which are listed'],
  ]
  return checks.filter(([applies]) => applies).map(([, check]) => check)
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
