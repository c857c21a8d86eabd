import { bulkhead } from '../../../src/bulkhead/bulkhead.ts'
import type { BulkheadOptions } from '../../../src/bulkhead/bulkhead-options.ts'
import { pipeline } from '../../../src/pipeline/pipeline.ts'
import { seededRandom } from '../../../src/random/seeded-random.ts'
import { FakeClock } from '../../../src/testing/fake-clock.ts'
import { offerAtRandom } from '../offer-at-random.ts'
import { percentileOf } from '../percentile-of.ts'

/** How many calls run at once, and what one takes, ± a quarter: 200 a second at most. */
export const service = { limit: 20, ms: 100 } as const
/** Calls a second that are answered at most. */
export const capacity = 200
/** How many calls may wait. */
export const queue = 1_000
/** How long a caller waits for its answer, milliseconds; then it leaves without a word. */
export const patienceMs = 1_000
/** When there are more calls than can be answered, in seconds; before and after it half as many. */
export const overload = { from: 10, to: 40, calls: 260 } as const

const seconds = 60

/** One second of a run. */
export interface QueuePoint {
  readonly second: number
  /** Calls that were answered while their caller was there. */
  readonly goodput: number
  /** Calls that were answered when their caller had left: work for nobody. */
  readonly late: number
  /** Calls that were refused. */
  readonly refused: number
  /** What 95 % of the callers waited at most whose calls were answered in this second, milliseconds; one that has left waited all its patience. */
  readonly p95Ms: number
  /** What the slowest of these answers took, in the queue and at work, milliseconds. */
  readonly slowestMs: number
}

/** Who goes first, and who is given up. */
export type QueueRun = Pick<BulkheadOptions, 'order' | 'maxWaitMs'>

/**
 * Requests of people arrive at a service that does so many at once and lets the others wait. For half a minute there
 * are 30 % too many. A caller that has left does not say so, as when a browser tab is closed behind a proxy.
 */
export async function runQueue(run: QueueRun): Promise<QueuePoint[]> {
  const clock = new FakeClock()
  const random = seededRandom(20_260_106)
  const slots = bulkhead({ limit: service.limit, queue, ...run })
  const line = pipeline({ policies: [slots], clock, random })
  const work = (): Promise<void> => clock.sleep(service.ms * (0.75 + random.next() / 2))
  let took: number[] = []
  let refused = 0
  const call = (): void => {
    const from = clock.now()
    void line.tryRun(work).then(({ ok }) => {
      if (ok) took.push(clock.now() - from)
      else refused++
    })
  }
  const points: QueuePoint[] = []
  for (let second = 0; second < seconds; second++) {
    const isOver = second >= overload.from && second < overload.to
    const calls = isOver ? overload.calls : capacity / 2
    await offerAtRandom(clock, { calls, random, call, steps: 100 })
    points.push({ second, refused, ...answersOf(took) })
    took = []
    refused = 0
  }
  return points
}

function answersOf(took: readonly number[]): Omit<QueuePoint, 'second' | 'refused'> {
  const goodput = took.filter((ms) => ms <= patienceMs).length
  return {
    goodput,
    late: took.length - goodput,
    p95Ms: Math.min(patienceMs, percentileOf(took, 0.95)),
    slowestMs: Math.max(0, ...took),
  }
}
