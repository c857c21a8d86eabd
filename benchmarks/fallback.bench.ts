import { Effect } from 'effect'
import { fallback } from 'breakwater'
import { cockatielFallback } from './contestants/cockatiel.ts'
import { effectOf, effectTrial } from './contestants/effect.ts'
import { opossumOf, opossumTrial } from './contestants/opossum.ts'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { type Case, compareAll, type Contestants, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, succeedingWork, type Work } from './harness/work.ts'
import { limitFallback } from './limit/alone.ts'

/** A fallback that is not needed, and one that answers. */
export const fallbackSuite: Suite = {
  name: 'fallback',
  about:
    'an answer at hand for each failure. opossum: its breaker is in it. mollitia 0.1 has a fallback that rejects with the answer, so it is not here.',
  run(settings) {
    return compareAll([caseOf('success', succeedingWork), caseOf('failure', failingWork)], settings)
  },
}

function caseOf(name: string, makeWork: () => Work): Case {
  const contestants = fallbackContestants(makeWork, () => 'instead')
  return { suite: 'fallback', case: name, loop: name === 'success' ? 'plain' : 'catching', contestants }
}

/** All that answer for work that fails; `bare` does not. */
export function fallbackContestants(makeWork: () => Work, answer: () => unknown): Contestants {
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => limitTrial(makeWork(), answer),
    breakwater: () => ours([fallback(answer)], makeWork()),
    'breakwater + runtime': () => oursWithRuntime([fallback(answer)], makeWork()),
    cockatiel: () => cockatielFallback(answer, makeWork()),
    opossum: () => opossumTrial(opossumOf(makeWork(), {}).fallback(answer)),
    effect: () => effectTrial(Effect.orElseSucceed(effectOf(makeWork()), answer)),
  }
}

function limitTrial(work: Work, answer: () => unknown): Trial {
  const run = limitFallback(answer)
  return { call: () => run(work) }
}
