import { fallback as cockatielFallback, handleAll } from 'cockatiel'
import { fallback } from 'breakwater'
import { opossumOf, opossumTrial } from './contestants/opossum.ts'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { type Case, compare, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, succeedingWork, type Work } from './harness/work.ts'
import { limitFallback } from './limit/alone.ts'

const answer = (): string => 'instead'

/** A fallback that is not needed, and one that answers. */
export const fallbackSuite: Suite = {
  name: 'fallback',
  about: 'an answer at hand for each failure. opossum: its breaker is in it.',
  async run(settings) {
    const success = await compare(caseOf('success', succeedingWork), settings)
    return [...success, ...(await compare(caseOf('failure', failingWork), settings))]
  },
}

function caseOf(name: string, makeWork: () => Work): Case {
  return {
    ...{ suite: 'fallback', case: name, loop: name === 'success' ? 'plain' : 'catching' },
    contestants: {
      bare: () => ({ call: makeWork() }),
      limit: () => limitTrial(makeWork()),
      breakwater: () => ours([fallback(answer)], makeWork()),
      'breakwater + runtime': () => oursWithRuntime([fallback(answer)], makeWork()),
      cockatiel: () => cockatielTrial(makeWork()),
      opossum: () => opossumTrial(opossumOf(makeWork(), {}).fallback(answer)),
    },
  }
}

function limitTrial(work: Work): Trial {
  const run = limitFallback(answer)
  return { call: () => run(work) }
}

function cockatielTrial(work: Work): Trial {
  const policy = cockatielFallback(handleAll, answer)
  return { call: () => policy.execute(work) }
}
