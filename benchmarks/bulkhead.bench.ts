import { type Effect, Semaphore } from 'effect'
import { Bulkhead } from 'mollitia'
import pLimit from 'p-limit'
import { bulkhead } from 'breakwater'
import { bottleneckTrial } from './contestants/bottleneck.ts'
import { cockatielBulkhead } from './contestants/cockatiel.ts'
import { effectOf, effectTrial } from './contestants/effect.ts'
import { mollitiaTrial } from './contestants/mollitia.ts'
import { opossumOf, opossumTrial } from './contestants/opossum.ts'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { type Case, compareAll, type Contestants, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, succeedingWork, type Work } from './harness/work.ts'
import { limitBulkhead } from './limit/alone.ts'
import { LimitSemaphore } from './limit/semaphore.ts'

/** How many at once, how many may wait. */
export interface Places {
  readonly limit: number
  readonly queue: number
}

const places: Places = { limit: 10, queue: 50 }

/** A bulkhead with a free place. */
export const bulkheadSuite: Suite = {
  name: 'bulkhead',
  about:
    'one call at a time through a limit of 10. opossum: its breaker is in it, and it has no queue. The queues of p-limit and effect have no end. bottleneck waits for timers at each call.',
  run(settings) {
    return compareAll([caseOf('success', succeedingWork), caseOf('failure', failingWork)], settings)
  },
}

function caseOf(name: string, makeWork: () => Work): Case {
  const opossum = (): Trial => opossumTrial(opossumOf(makeWork(), { capacity: places.limit }))
  const bottleneck = (): Trial => bottleneckOf(places, makeWork())
  return {
    ...{ suite: 'bulkhead', case: name, loop: name === 'success' ? 'plain' : 'catching' },
    contestants: { ...queueContestants(makeWork, places), opossum, bottleneck },
  }
}

/** All that let calls wait for a place, but for bottleneck; `bare` lets all run at once. */
export function queueContestants(makeWork: () => Work, { limit, queue }: Places): Contestants {
  const mollitia = (): Bulkhead =>
    new Bulkhead({ concurrentSize: limit, queueSize: queue, maxQueueWait: Infinity })
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => limitTrial(makeWork(), { limit, queue }),
    breakwater: () => ours([bulkhead({ limit, queue })], makeWork()),
    'breakwater + runtime': () => oursWithRuntime([bulkhead({ limit, queue })], makeWork()),
    cockatiel: () => cockatielBulkhead(limit, queue, makeWork()),
    'p-limit': () => pLimitTrial(makeWork(), limit),
    mollitia: () => mollitiaTrial([mollitia()], makeWork()),
    effect: () => effectTrial(semaphored(makeWork(), limit)),
  }
}

/** Waits for a place too, and for timers. */
export function bottleneckOf({ limit, queue }: Places, work: Work): Trial {
  return bottleneckTrial({ maxConcurrent: limit, highWater: queue }, work)
}

function limitTrial(work: Work, { limit, queue }: Places): Trial {
  const run = limitBulkhead(new LimitSemaphore(limit, queue))
  return { call: () => run(work) }
}

function pLimitTrial(work: Work, limit: number): Trial {
  const run = pLimit(limit)
  return { call: () => run(work) }
}

function semaphored(work: Work, limit: number): Effect.Effect<unknown, unknown> {
  return Semaphore.withPermit(Semaphore.makeUnsafe(limit), effectOf(work))
}
