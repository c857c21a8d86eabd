import Bottleneck from 'bottleneck'
import { bulkhead as cockatielBulkhead } from 'cockatiel'
import { Semaphore } from 'effect'
import { Bulkhead, Circuit } from 'mollitia'
import pLimit from 'p-limit'
import { bulkhead } from 'breakwater'
import { effectOf, effectTrial } from '../contestants/effect.ts'
import { limitBulkhead } from '../limit/alone.ts'
import { LimitSemaphore } from '../limit/semaphore.ts'
import { each, eachAround, type IdleKind } from './idle-kind.ts'

const limit = 10
const queue = 50

/** A bulkhead with a queue for each name. */
export const idleBulkheads: IdleKind = {
  bare: each(
    (name) => ({ name }),
    (_, work) => work(),
  ),
  limit: each(
    () => limitBulkhead(new LimitSemaphore(limit, queue)),
    (run, work) => run(work),
  ),
  breakwater: each(
    (name) => bulkhead({ name, limit, queue }),
    (slots, work) => slots.run(work),
  ),
  cockatiel: each(
    () => cockatielBulkhead(limit, queue),
    (policy, work) => policy.execute(work),
  ),
  'p-limit': each(
    () => pLimit(limit),
    (run, work) => run(work),
  ),
  mollitia: eachAround(
    (func, name) => {
      const module = new Bulkhead({ concurrentSize: limit, queueSize: queue, maxQueueWait: Infinity })
      return new Circuit({ name, func, options: { modules: [module] } })
    },
    (circuit) => circuit.execute(),
  ),
  effect: each(
    () => Semaphore.makeUnsafe(limit),
    (semaphore, work) => effectTrial(Semaphore.withPermit(semaphore, effectOf(work))).call(),
  ),
  bottleneck: each(
    () => new Bottleneck({ maxConcurrent: limit, highWater: queue }),
    (limiter, work) => limiter.schedule(work),
  ),
}
