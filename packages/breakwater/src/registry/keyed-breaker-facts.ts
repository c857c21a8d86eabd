import type { BreakerTerms } from '../circuit-breaker/circuit-breaker-terms.ts'
import type { BreakerFacts, BreakerState, OverrideMode } from '../protocol/policy-facts.ts'
import type { KeyedBreaker } from './keyed-breaker.ts'

/** How many keys in trouble are looked at for facts, and how many of them are named. */
export const looks = 100
const named = 5
const longestName = 60

/** What the facts of a keyed breaker are made of. */
export interface KeyedSituation {
  readonly terms: BreakerTerms
  readonly override: OverrideMode
  readonly keys: number
  readonly pinned: number
  /** Some of the keys in trouble. */
  readonly troubled: readonly KeyedBreaker[]
  /** When the first key came into trouble, or the last one out of it; monotonic milliseconds. */
  readonly since: number
}

/** All keys as one set of facts: the worst state there is, how many are in trouble, and the names of a few. */
export function keyedBreakerFacts(situation: KeyedSituation): BreakerFacts {
  const { terms, override, troubled, since } = situation
  const { clock, consecutiveFailures, failureRatio, minimumCalls, windowMs, windowCalls } = terms
  const states = troubled.map(effectOf)
  const trials = troubled
    .filter((breaker) => breaker.override === 'automatic')
    .map((breaker) => breaker.facts().nextTrialAt ?? Infinity)
  const nextTrialAt = Math.min(...trials)
  const state = states.includes('open') ? 'open' : states.includes('half-open') ? 'half-open' : 'closed'
  const byRatio = consecutiveFailures === 0
  return {
    ...{ state, override },
    since: Math.round(clock.epochNow() - clock.now() + since),
    reason: reasonOf(situation),
    windowCalls: 0,
    windowFailures: 0,
    windowMs: byRatio && windowCalls === 0 ? windowMs : 0,
    failureRatio: byRatio ? failureRatio : 0,
    threshold: consecutiveFailures,
    minimumCalls: byRatio ? minimumCalls : 0,
    nextTrialAt: state === 'open' && nextTrialAt < Infinity ? nextTrialAt : null,
    closesWhen: state === 'closed' ? '' : 'the trials of each key succeed',
  }
}

/** What becomes of the calls of a key: an order says more than the state below it. */
function effectOf({ override, state }: KeyedBreaker): BreakerState {
  if (override === 'automatic') return state
  return override === 'forced-open' ? 'open' : 'closed'
}

function reasonOf({ keys, pinned, troubled }: KeyedSituation): string {
  if (pinned === 0) return `all ${keys} keys are closed`
  const names = troubled.slice(0, named).map(({ name, override, state }) => {
    const standing = override === 'automatic' ? state : override
    return `${name.slice(0, longestName)} (${standing})`
  })
  const more = pinned > named ? ', …' : ''
  return `${pinned} of ${keys} keys are not simply closed: ${names.join(', ')}${more}`.toWellFormed()
}
