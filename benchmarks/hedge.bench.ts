import { Effect } from 'effect'
import { hedge } from 'breakwater'
import { sharedTick } from './clock/coarse-tick.ts'
import { effectOf, effectTrial } from './contestants/effect.ts'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { compareAll, type Contestants, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { succeedingWork, type Work } from './harness/work.ts'
import { Flights } from './limit/flight.ts'
import { limitHedge } from './limit/hedge.ts'

/** A hedge that is not needed. */
export const hedgeSuite: Suite = {
  name: 'hedge',
  about:
    'a second attempt after two seconds, which never pass. effect: a race against itself, delayed. None of the other libraries has one.',
  run(settings) {
    const contestants = hedgeContestants(succeedingWork, 2_000)
    return compareAll([{ suite: 'hedge', case: 'success', loop: 'plain', contestants }], settings)
  },
}

/** All that try a second time after `delay` milliseconds without an answer; `bare` does not. */
export function hedgeContestants(makeWork: () => Work, delay: number): Contestants {
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => limitTrial(makeWork(), delay),
    breakwater: () => ours([hedge({ delay })], makeWork()),
    'breakwater + runtime': () => oursWithRuntime([hedge({ delay })], makeWork()),
    effect: () => effectTrial(raced(makeWork(), delay)),
  }
}

function limitTrial(work: Work, delay: number): Trial {
  const run = limitHedge(delay, new Flights(sharedTick()))
  return { call: () => run(work) }
}

function raced(work: Work, delay: number): Effect.Effect<unknown, unknown> {
  const attempt = effectOf(work)
  return Effect.race(attempt, Effect.delay(attempt, delay))
}
