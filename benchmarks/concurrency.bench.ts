import { bottleneckOf, queueContestants } from './bulkhead.bench.ts'
import { compareAll } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { succeedingWork } from './harness/work.ts'

const suite = 'concurrency'

/** A bulkhead that most calls wait for. */
export const concurrencySuite: Suite = {
  name: suite,
  about:
    '1,000 and 10,000 calls at once through a limit of 10, the rest in the queue. opossum has no queue; bottleneck takes so long that it is measured in every fifth round, and not with 10,000.',
  run(settings) {
    const thousand = { limit: 10, queue: 1_000 }
    const tenThousand = { limit: 10, queue: 10_000 }
    const bottleneck = (): ReturnType<typeof bottleneckOf> => bottleneckOf(thousand, succeedingWork())
    const few = { ...queueContestants(succeedingWork, thousand), bottleneck }
    const many = queueContestants(succeedingWork, tenThousand)
    return compareAll(
      [
        { suite, case: '1,000 in flight', loop: 'thousand', contestants: few },
        { suite, case: '10,000 in flight', loop: 'ten thousand', contestants: many },
      ],
      settings,
    )
  },
}
