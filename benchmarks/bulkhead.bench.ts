import { bulkhead as cockatielBulkhead } from 'cockatiel'
import { bulkhead } from 'breakwater'
import { opossumOf, opossumTrial } from './contestants/opossum.ts'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { type Case, compare, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, succeedingWork, type Work } from './harness/work.ts'
import { limitBulkhead } from './limit/alone.ts'
import { LimitSemaphore } from './limit/semaphore.ts'

const options = { limit: 10, queue: 50 }

/** A bulkhead with a free place. */
export const bulkheadSuite: Suite = {
  name: 'bulkhead',
  about: 'one call at a time through a limit of 10. opossum: its breaker is in it, and it has no queue.',
  async run(settings) {
    const success = await compare(caseOf('success', succeedingWork), settings)
    return [...success, ...(await compare(caseOf('failure', failingWork), settings))]
  },
}

function caseOf(name: string, makeWork: () => Work): Case {
  return {
    ...{ suite: 'bulkhead', case: name, loop: name === 'success' ? 'plain' : 'catching' },
    contestants: {
      bare: () => ({ call: makeWork() }),
      limit: () => limitTrial(makeWork()),
      breakwater: () => ours([bulkhead(options)], makeWork()),
      'breakwater + runtime': () => oursWithRuntime([bulkhead(options)], makeWork()),
      cockatiel: () => cockatielTrial(makeWork()),
      opossum: () => opossumTrial(opossumOf(makeWork(), { capacity: options.limit })),
    },
  }
}

function limitTrial(work: Work): Trial {
  const run = limitBulkhead(new LimitSemaphore(options.limit, options.queue))
  return { call: () => run(work) }
}

function cockatielTrial(work: Work): Trial {
  const policy = cockatielBulkhead(options.limit, options.queue)
  return { call: () => policy.execute(work) }
}
