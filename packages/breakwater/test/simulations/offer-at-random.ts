import type { Random } from '../../src/random/random.ts'
import type { FakeClock } from '../../src/testing/fake-clock.ts'

/** The calls of one second. */
interface Second {
  readonly calls: number
  readonly random: Random
  readonly call: () => void
  /** Into how many steps the second is cut; calls of one step come together. @default 20 */
  readonly steps?: number
}

/** Calls at random moments of a second: bursts of a few, as real ones come. */
export async function offerAtRandom(clock: FakeClock, second: Second): Promise<void> {
  const { calls, random, call, steps = 20 } = second
  const counts = new Array<number>(steps).fill(0)
  for (let i = 0; i < calls; i++) {
    const at = Math.floor(random.next() * steps)
    counts[at] = (counts[at] ?? 0) + 1
  }
  for (const count of counts) {
    for (let i = 0; i < count; i++) call()
    await clock.advance(1_000 / steps)
  }
}
