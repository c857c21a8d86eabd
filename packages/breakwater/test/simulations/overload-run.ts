import { pipeline } from '../../src/pipeline/pipeline.ts'
import type { Policy } from '../../src/pipeline/policy.ts'
import type { Random } from '../../src/random/random.ts'
import { seededRandom } from '../../src/random/seeded-random.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { timeout } from '../../src/timeout/timeout.ts'
import { offerAtRandom } from './offer-at-random.ts'
import { ServerModel, type ServerOptions } from './server-model.ts'

/** What a run is made of. */
export interface OverloadRun {
  /** How many seconds are simulated. */
  readonly seconds: number
  /** How many calls a second there are, by second. */
  readonly offeredAt: (second: number) => number
  /** What a call may take before its client gives up. */
  readonly timeoutMs: number
  readonly server: Omit<ServerOptions, 'clock' | 'random'>
  /** The policy under test, around the timeout; undefined for none. */
  readonly policy?: (clock: FakeClock, random: Random) => Policy
}

/** One second of a run. */
export interface OverloadPoint {
  readonly second: number
  /** Calls that were made. */
  readonly offered: number
  /** Calls that succeeded. */
  readonly goodput: number
  /** Calls that were refused on this side: cheap for everyone. */
  readonly refused: number
  /** Calls that failed otherwise: given up, or refused by the server. */
  readonly failed: number
  /** Requests that wait in the server at the end of the second. */
  readonly serverQueue: number
  /** The limit or shed share, as the policy reports it; null without a policy that has one. */
  readonly gauge: number | null
}

type Tally = { -readonly [Name in 'offered' | 'goodput' | 'refused' | 'failed']: number }

interface Outcome {
  readonly ok: boolean
  readonly rejection?: unknown
}

/** Counts outcomes in the second in which they come to the caller. */
class Book {
  #tally: Tally = { offered: 0, goodput: 0, refused: 0, failed: 0 }

  count(outcome: Outcome): void {
    if (outcome.ok) this.#tally.goodput++
    else if (outcome.rejection === undefined) this.#tally.failed++
    else this.#tally.refused++
  }

  close(offered: number): Readonly<Tally> {
    const tally = { ...this.#tally, offered }
    this.#tally = { offered: 0, goodput: 0, refused: 0, failed: 0 }
    return tally
  }
}

/** Runs a load against the model on a fake clock; the same numbers at every run. */
export async function runOverload(run: OverloadRun): Promise<OverloadPoint[]> {
  const clock = new FakeClock()
  const random = seededRandom(20_260_101)
  const server = new ServerModel({ ...run.server, clock, random })
  const policy = run.policy?.(clock, random)
  const own = policy === undefined ? [] : [policy]
  const line = pipeline({ policies: [...own, timeout({ ms: run.timeoutMs })], clock, random })
  const book = new Book()
  const call = (): void => void line.tryRun(() => server.handle()).then((outcome) => book.count(outcome))
  const points: OverloadPoint[] = []
  for (let second = 0; second < run.seconds; second++) {
    const calls = run.offeredAt(second)
    await offerAtRandom(clock, { calls, random, call })
    const gauges = policy?.stats().gauges
    const gauge = gauges?.['limit'] ?? gauges?.['ratio'] ?? null
    points.push({ second, ...book.close(calls), serverQueue: server.waiting, gauge })
  }
  return points
}

/** The mean goodput of the seconds from `from` up to, not including, `to`. */
export function meanGoodput(points: readonly OverloadPoint[], from: number, to: number): number {
  const span = points.slice(from, to)
  return span.reduce((sum, { goodput }) => sum + goodput, 0) / span.length
}
