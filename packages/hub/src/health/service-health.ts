import type { HealthState, OutcomeTotals, PolicyView } from 'breakwater/protocol'
import { sparedOf } from '../analyse/outcome-sum.ts'
import type { InstanceRecord } from '../store/instance-store.ts'
import { lifeOf } from './instance-life.ts'

/** What a service's state is judged by. */
export interface HealthEvidence {
  readonly now: number
  /** Newest first, at least one. */
  readonly instances: readonly InstanceRecord[]
  /** The last minute's outcomes. */
  readonly lastMinute: OutcomeTotals
  /** The service's circuit breakers. */
  readonly breakers: readonly PolicyView[]
}

/** A state and the sentence that tells why. */
export interface HealthVerdict {
  readonly state: HealthState
  readonly reason: string
}

/** From this share of a minute's calls that ended badly for the caller, a service is failing. */
export const failingRatio = 0.05
/** From this share it is degraded. */
export const degradedRatio = 0.01
/** With fewer bad calls than this a share says nothing. */
export const minimumBadCalls = 3

/**
 * Judges a service, the first that applies:
 * 1. failing: no instance reports and the newest one crashed;
 * 2. unknown: no instance reports;
 * 3. failing: at least 3 calls and 5 % of the last minute's calls failed or were rejected;
 * 4. degraded: a breaker is open, half-open or overridden, or at least 3 calls and 1 % failed or were rejected,
 *    or were spared by a policy;
 * 5. ok.
 *
 * Calls that their caller aborted count neither way.
 */
export function judgeService(evidence: HealthEvidence): HealthVerdict {
  return (
    judgeLife(evidence) ??
    judgeErrors(evidence) ??
    judgeBreakers(evidence) ??
    judgeMinute(evidence.lastMinute)
  )
}

function judgeLife({ now, instances }: HealthEvidence): HealthVerdict | undefined {
  if (instances.some((instance) => lifeOf(instance, now) === 'live')) return undefined
  const [newest] = instances
  if (newest === undefined) return { state: 'unknown', reason: 'No instance ever reported' }
  const ago = `${ageOf(newest.lastSeenAt, now)} ago`
  if (newest.state === 'crashed') {
    return { state: 'failing', reason: `The last instance crashed ${ago} and none has come back` }
  }
  const reason =
    newest.state === 'stopped' ? `The last instance stopped in good order ${ago}` : `No report since ${ago}`
  return { state: 'unknown', reason }
}

function judgeErrors({ lastMinute }: HealthEvidence): HealthVerdict | undefined {
  const bad = badCalls(lastMinute)
  const ratio = bad / Math.max(1, decidedCalls(lastMinute))
  if (bad < minimumBadCalls || ratio < failingRatio) return undefined
  return { state: 'failing', reason: badReason(lastMinute) }
}

function judgeBreakers({ breakers }: HealthEvidence): HealthVerdict | undefined {
  const notable = breakers.flatMap(({ name, breaker }) =>
    breaker !== null && isNotable(breaker) ? [{ name, breaker }] : [],
  )
  const [first] = notable
  if (first === undefined) return undefined
  const { appliedOverride, override, facts } = first.breaker
  const forced = appliedOverride === 'automatic' ? override?.mode : appliedOverride
  const how =
    forced === undefined || forced === 'automatic' ? facts.state : `${forced.replace('-', ' ')} by hand`
  const others = notable.length === 1 ? '' : `, and ${notable.length - 1} more`
  return { state: 'degraded', reason: `Circuit breaker ${first.name} is ${how}${others}` }
}

function isNotable(breaker: NonNullable<PolicyView['breaker']>): boolean {
  const isForced = breaker.appliedOverride !== 'automatic' || breaker.override !== null
  return isForced || breaker.facts.state !== 'closed'
}

function judgeMinute(totals: OutcomeTotals): HealthVerdict {
  const decided = Math.max(1, decidedCalls(totals))
  const bad = badCalls(totals)
  if (bad >= minimumBadCalls && bad / decided >= degradedRatio)
    return { state: 'degraded', reason: badReason(totals) }
  const spared = sparedOf(totals)
  if (spared >= minimumBadCalls && spared / decided >= degradedRatio) {
    const reason = `${percent(spared / decided)} of ${decided} calls in the last minute were only answered thanks to a policy`
    return { state: 'degraded', reason }
  }
  if (totals.calls === 0) return { state: 'ok', reason: 'Reports, without calls in the last minute' }
  return { state: 'ok', reason: `${percent(bad / decided)} of ${decided} calls failed in the last minute` }
}

function badReason(totals: OutcomeTotals): string {
  const decided = decidedCalls(totals)
  const { failures, rejections } = totals
  const share = percent(badCalls(totals) / decided)
  return `${share} of ${decided} calls in the last minute did not succeed (${failures} failed, ${rejections} rejected)`
}

function badCalls({ failures, rejections }: OutcomeTotals): number {
  return failures + rejections
}

function decidedCalls({ calls, cancellations }: OutcomeTotals): number {
  return calls - cancellations
}

function percent(ratio: number): string {
  const value = ratio * 100
  return `${value === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} %`
}

function ageOf(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1_000))
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}
