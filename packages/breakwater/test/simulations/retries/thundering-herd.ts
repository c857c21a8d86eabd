import { pipeline } from '../../../src/pipeline/pipeline.ts'
import { seededRandom } from '../../../src/random/seeded-random.ts'
import type { Backoff } from '../../../src/retry/jitter.ts'
import { retry } from '../../../src/retry/retry.ts'
import { FakeClock } from '../../../src/testing/fake-clock.ts'

/** How many clients lose their answer at the same moment. */
export const herd = 1_000

const bucketMs = 10
const downMs = 3_000
const totalMs = 10_000

/** Ten milliseconds of a herd: how many retries arrived. */
export interface HerdPoint {
  readonly ms: number
  readonly retries: number
}

/** A dependency drops the calls of a thousand clients at once, and is down for three seconds. */
export async function runHerd(backoff: Backoff): Promise<HerdPoint[]> {
  const clock = new FakeClock()
  const line = pipeline({
    policies: [retry({ maxRetries: 6, backoff })],
    clock,
    random: seededRandom(20_260_103),
  })
  const retries = new Array<number>(totalMs / bucketMs).fill(0)
  const ask = ({ attempt }: { readonly attempt: number }): void => {
    const at = Math.floor(clock.now() / bucketMs)
    if (attempt > 0) retries[at] = (retries[at] ?? 0) + 1
    if (clock.now() < downMs) throw new Error('down')
  }
  for (let client = 0; client < herd; client++) void line.tryRun(ask)
  await clock.advance(totalMs - 1)
  return retries.map((count, index) => ({ ms: index * bucketMs, retries: count }))
}

/** The most retries that arrived in the same ten milliseconds. */
export function peakOf(points: readonly HerdPoint[]): number {
  return Math.max(...points.map(({ retries }) => retries))
}
