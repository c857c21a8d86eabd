import type { EndpointState } from './endpoint-state.ts'
import type { OutlierSettings } from './outlier-options.ts'
import { successRateThreshold } from './success-rate.ts'

/** An endpoint that should be ejected, and why. */
export interface Outlier<State extends EndpointState> {
  readonly state: State
  readonly reason: string
}

/** Judges the counts of an interval by both rules; the worst first, so that a limit keeps the best. */
export function findOutliers<State extends EndpointState>(
  states: readonly State[],
  settings: OutlierSettings,
): readonly Outlier<State>[] {
  const found = new Map<State, string>()
  for (const { state, reason } of bySuccessRate(states, settings.successRate)) found.set(state, reason)
  for (const { state, reason } of byFailureRatio(states, settings.failureRatio)) {
    if (!found.has(state)) found.set(state, reason)
  }
  const outliers = Array.from(found, ([state, reason]) => ({ state, reason }))
  return outliers.sort((a, b) => successRatio(a.state) - successRatio(b.state))
}

function bySuccessRate<State extends EndpointState>(
  states: readonly State[],
  rule: OutlierSettings['successRate'],
): readonly Outlier<State>[] {
  if (rule === false) return []
  const judged = states.filter((state) => callsOf(state) >= rule.minimumCalls)
  if (judged.length < rule.minimumEndpoints) return []
  const { mean, stdev, threshold } = successRateThreshold(judged.map(successRatio), rule.stdevFactor)
  return judged
    .filter((state) => successRatio(state) < threshold)
    .map((state) => ({
      state,
      reason: `${percent(successRatio(state))} of ${callsOf(state)} calls succeeded: below ${percent(threshold)}, the mean of ${percent(mean)} minus ${rule.stdevFactor} × ${percent(stdev)}`,
    }))
}

function byFailureRatio<State extends EndpointState>(
  states: readonly State[],
  rule: OutlierSettings['failureRatio'],
): readonly Outlier<State>[] {
  if (rule === false) return []
  const judged = states.filter((state) => callsOf(state) >= rule.minimumCalls)
  if (judged.length < rule.minimumEndpoints) return []
  return judged
    .filter((state) => state.failures / callsOf(state) >= rule.threshold)
    .map((state) => ({
      state,
      reason: `${percent(1 - successRatio(state))} of ${callsOf(state)} calls failed`,
    }))
}

function callsOf(state: EndpointState): number {
  return state.successes + state.failures
}

function successRatio(state: EndpointState): number {
  return state.successes / callsOf(state)
}

function percent(ratio: number): string {
  return `${Math.round(1_000 * ratio) / 10} %`
}
