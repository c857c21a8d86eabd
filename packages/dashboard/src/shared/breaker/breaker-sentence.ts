import type { BreakerView } from 'breakwater/protocol'
import { formatDuration, formatSince } from '../format/format-time.ts'
import { effectiveState, stateWord } from '../health/health-glyph.ts'

/** How a breaker stands and why: `circuit open since 02:14:07 (62 % of 120 calls failed in 30 s)`. */
export function breakerSentence({ facts, appliedOverride, override }: BreakerView, now: number): string {
  const state = stateWord(effectiveState(facts.state, appliedOverride))
  if (appliedOverride !== 'automatic') {
    const since = override ? ` since ${formatSince(override.at, now)}` : ''
    return `circuit ${state}${since}`
  }
  const reason = facts.reason === '' ? '' : ` (${facts.reason})`
  return `circuit ${state} since ${formatSince(facts.since, now)}${reason}`
}

/** What a breaker does next, as a sentence; empty when there is nothing to say. */
export function nextTrialSentence({ facts, appliedOverride }: BreakerView, now: number): string {
  if (appliedOverride !== 'automatic') return 'It stays so until it is given back'
  if (facts.state === 'half-open') return 'Trial calls are under way'
  if (facts.nextTrialAt === null) return ''
  const leftMs = facts.nextTrialAt - now
  return leftMs <= 0
    ? 'The next call is a trial'
    : `Next trial in ${formatDuration(Math.ceil(leftMs / 1000) * 1000)}`
}

/** The order that services have not answered yet, in words; empty when there is none. */
export function pendingOverride({ appliedOverride, override }: BreakerView): string {
  const ordered = override?.mode ?? 'automatic'
  return ordered === appliedOverride ? '' : `Ordered ${modeWords(ordered)}; the service has not answered yet`
}

/** The share of calls in the window that failed, and where it opens. */
export interface RatioBar {
  /** 0–1 each, of the bar's width. */
  readonly value: number
  readonly threshold: number
  readonly words: string
}

/** How near a breaker is to opening: by share of failures or, for the consecutive kind, by their number. */
export function ratioBar({ facts }: BreakerView): RatioBar {
  const { windowCalls, windowFailures, failureRatio, threshold, windowMs, minimumCalls } = facts
  if (windowMs === 0) {
    const words = `${windowFailures} failures in a row, opens at ${threshold}`
    return { value: share(windowFailures, threshold * 1.25), threshold: 0.8, words }
  }
  const percent = windowCalls === 0 ? 0 : Math.round((windowFailures / windowCalls) * 100)
  const atLeast = windowCalls < minimumCalls ? ` of at least ${minimumCalls} calls` : ''
  const words = `${percent} % failed, opens at ${Math.round(failureRatio * 100)} %${atLeast}`
  return { value: share(windowFailures, windowCalls), threshold: Math.min(1, failureRatio), words }
}

/** An override in words, as an order: `force open`. */
export function modeWords(mode: string): string {
  return { 'forced-open': 'forced open', 'forced-closed': 'forced closed' }[mode] ?? mode
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0
}
