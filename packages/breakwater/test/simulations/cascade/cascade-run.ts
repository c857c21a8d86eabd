import type { Random } from '../../../src/random/random.ts'
import { seededRandom } from '../../../src/random/seeded-random.ts'
import { FakeClock } from '../../../src/testing/fake-clock.ts'
import { Chain, type ChainCounts, patienceMs } from './chain.ts'
import type { Illness } from './database.ts'
import type { Kind } from './server.ts'
import type { Stack } from './service.ts'

/** Requests a second, all the time, at random moments. */
export const load = 50
/** The share of them that needs the database. */
export const buying = 0.6

const seconds = 150

/** What a run is made of. */
export interface CascadeRun {
  readonly stack: Stack
  readonly illness: Illness
  readonly seed: number
  /** From one server to the next, milliseconds, one way. @default 1 */
  readonly networkMs?: number
}

/** What became of the requests of one second, and the timeouts in that second. */
export interface CascadePoint extends ChainCounts {
  readonly second: number
  /** Timeouts of users, edge and orders: of all whose own callee is well. */
  readonly cascading: number
  /** Requests that came. */
  readonly offered: number
  /** Those of them that were answered in full, by a fallback, too late, or not. */
  readonly full: number
  readonly degraded: number
  readonly late: number
  readonly failed: number
  /** Requests that came and do not need the database, and those of them that were answered in full. */
  readonly browsing: number
  readonly browsed: number
}

type Tally = {
  -readonly [Name in 'offered' | 'full' | 'degraded' | 'late' | 'failed' | 'browsing' | 'browsed']: number
}

/** The database at the end of a chain is ill for a minute: what happens to those who do not call it themselves? */
export async function runCascade({
  stack,
  illness,
  seed,
  networkMs = 1,
}: CascadeRun): Promise<CascadePoint[]> {
  const clock = new FakeClock()
  const world = { clock, networkMs, random: seededRandom(seed + 1), workRandom: seededRandom(seed + 2) }
  const chain = new Chain(illness, { stack, world })
  const arrivals = new Arrivals(seededRandom(seed))
  const seen: { readonly tally: Tally; readonly counts: ChainCounts }[] = []
  for (let second = 0; second < seconds; second++) {
    const tally = { offered: 0, full: 0, degraded: 0, late: 0, failed: 0, browsing: 0, browsed: 0 }
    for (; arrivals.nextAt < 1_000 * (second + 1); arrivals.goOn()) {
      await clock.advance(arrivals.nextAt - clock.now())
      void visit(chain, arrivals.nextKind, tally)
    }
    await clock.advance(1_000 * (second + 1) - clock.now())
    seen.push({ tally, counts: chain.counts() })
  }
  await clock.advance(patienceMs)
  return seen.map(({ tally, counts }, second) => ({
    second,
    ...tally,
    ...rise(counts, seen[second - 1]?.counts),
  }))
}

async function visit(chain: Chain, kind: Kind, tally: Tally): Promise<void> {
  const isBrowsing = kind === 'browse'
  tally.offered++
  if (isBrowsing) tally.browsing++
  const end = await chain.visit(kind)
  tally[end]++
  if (isBrowsing && end === 'full') tally.browsed++
}

function rise(now: ChainCounts, before: ChainCounts | undefined): ChainCounts & { cascading: number } {
  const by = (name: keyof ChainCounts): number => now[name] - (before?.[name] ?? 0)
  const [users, edge, orders] = [by('users'), by('edge'), by('orders')]
  const cascading = users + edge + orders
  return { users, edge, orders, inventory: by('inventory'), wastedMs: by('wastedMs'), cascading }
}

/** Requests that know nothing of each other: the time between two of them is distributed exponentially. */
class Arrivals {
  nextAt = 0
  nextKind: Kind = 'browse'
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
    this.goOn()
  }

  goOn(): void {
    this.nextAt -= (1_000 / load) * Math.log(1 - this.#random.next())
    this.nextKind = this.#random.next() < buying ? 'buy' : 'browse'
  }
}

/** How many seconds after the illness 95 % of the requests are answered in full, and stay so; null if never. */
export function secondsToRecover(points: readonly CascadePoint[], { to }: Illness): number | null {
  const lastBad = points.findLastIndex(({ full, offered }) => full < 0.95 * offered)
  return lastBad === points.length - 1 ? null : Math.max(0, lastBad + 1 - to)
}
