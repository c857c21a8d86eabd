import { bulkhead as cockatielBulkhead } from 'cockatiel'
import { bulkhead } from 'breakwater'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { compare, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { succeedingWork, type Work } from './harness/work.ts'
import { limitBulkhead } from './limit/alone.ts'
import { LimitSemaphore } from './limit/semaphore.ts'

const options = { limit: 10, queue: 1_000 }

/** A bulkhead that most calls wait for. */
export const concurrencySuite: Suite = {
  name: 'concurrency',
  about: '1,000 calls at once through a limit of 10, the rest in the queue. opossum has no queue.',
  run(settings) {
    return compare(
      {
        ...{ suite: 'concurrency', case: '1,000 in flight', loop: 'thousand' },
        contestants: {
          bare: () => ({ call: succeedingWork() }),
          limit: () => limitTrial(succeedingWork()),
          breakwater: () => ours([bulkhead(options)], succeedingWork()),
          'breakwater + runtime': () => oursWithRuntime([bulkhead(options)], succeedingWork()),
          cockatiel: () => cockatielTrial(succeedingWork()),
        },
      },
      settings,
    )
  },
}

function limitTrial(work: Work): Trial {
  const run = limitBulkhead(new LimitSemaphore(options.limit, options.queue))
  return { call: () => run(work) }
}

function cockatielTrial(work: Work): Trial {
  const policy = cockatielBulkhead(options.limit, options.queue)
  return { call: () => policy.execute(work) }
}
