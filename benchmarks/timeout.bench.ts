import { Effect } from 'effect'
import { TimeoutStrategy } from 'cockatiel'
import { Timeout } from 'mollitia'
import { timeout } from 'breakwater'
import { sharedTick } from './clock/coarse-tick.ts'
import { cockatielTimeout } from './contestants/cockatiel.ts'
import { effectOf, effectTrial } from './contestants/effect.ts'
import { mollitiaTrial } from './contestants/mollitia.ts'
import { opossumOf, opossumTrial } from './contestants/opossum.ts'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { type Case, compareAll, type Contestants, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, succeedingWork, type Work } from './harness/work.ts'
import { Flights } from './limit/flight.ts'
import { limitTimeout } from './limit/timeout.ts'

const twoSecondsMs = 2_000
const cheapest = { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false }

/** A timeout that does not fire. */
export const timeoutSuite: Suite = {
  name: 'timeout',
  about:
    'two seconds that never pass. All let the caller go at the deadline, but for "cockatiel, cooperative", which waits for the work. opossum: its breaker is in it. mollitia gives the work no signal.',
  run(settings) {
    return compareAll([caseOf('success', succeedingWork), caseOf('failure', failingWork)], settings)
  },
}

function caseOf(name: string, makeWork: () => Work): Case {
  const cooperative = (): Trial => cockatielTimeout(twoSecondsMs, cheapest, makeWork())
  const contestants = timeoutContestants(makeWork, twoSecondsMs)
  return {
    ...{ suite: 'timeout', case: name, loop: name === 'success' ? 'plain' : 'catching' },
    contestants: { ...contestants, 'cockatiel, cooperative': cooperative },
  }
}

/** All that let the caller go after `ms`; `bare` does not. */
export function timeoutContestants(makeWork: () => Work, ms: number): Contestants {
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => limitTrial(makeWork(), ms),
    breakwater: () => ours([timeout({ ms })], makeWork()),
    'breakwater + runtime': () => oursWithRuntime([timeout({ ms })], makeWork()),
    cockatiel: () => cockatielTimeout(ms, TimeoutStrategy.Aggressive, makeWork()),
    opossum: () => opossumTrial(opossumOf(makeWork(), { timeout: ms })),
    mollitia: () => mollitiaTrial([new Timeout({ delay: ms })], makeWork()),
    effect: () => effectTrial(Effect.timeout(effectOf(makeWork()), ms)),
  }
}

function limitTrial(work: Work, ms: number): Trial {
  const run = limitTimeout(ms, new Flights(sharedTick()))
  return { call: () => run(work) }
}
