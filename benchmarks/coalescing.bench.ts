import { coalescing } from 'breakwater'
import { opossumOf, opossumTrial } from './contestants/opossum.ts'
import { oursKeyed } from './contestants/ours-keyed.ts'
import { compareAll, type Contestants, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { succeedingWork, type Work } from './harness/work.ts'
import { limitCoalescing } from './limit/shared.ts'

const suite = 'coalescing'
/** Without this it would keep giving the first answer, as a cache. */
const shared = { coalesce: true, coalesceResetOn: ['success', 'error', 'timeout'] }
const key = 'tenant-1'

/** Calls of the same key that share one answer, and one that has nobody to share with. */
export const coalescingSuite: Suite = {
  name: suite,
  about:
    'a call of a key that is not under way, and 1,000 of one key at once, of which one calls the work; bare calls it each time. opossum: its breaker is in it. cockatiel and mollitia have none, effect only in its cache.',
  run(settings) {
    const contestants = coalescingContestants(succeedingWork)
    return compareAll(
      [
        { suite, case: 'alone', loop: 'plain', contestants },
        { suite, case: '1,000 of a key', loop: 'thousand', contestants },
      ],
      settings,
    )
  },
}

/** All that call the work once for calls at the same time; `bare` calls it each time. */
export function coalescingContestants(makeWork: () => Work): Contestants {
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => limitTrial(makeWork()),
    breakwater: () => oursKeyed(coalescing(), makeWork(), () => key),
    opossum: () => opossumTrial(opossumOf(makeWork(), shared)),
  }
}

function limitTrial(work: Work): Trial {
  const run = limitCoalescing()
  return { call: () => run(work, key) }
}
