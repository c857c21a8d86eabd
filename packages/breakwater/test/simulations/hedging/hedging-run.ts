import { pipeline } from '../../../src/pipeline/pipeline.ts'
import type { Policy } from '../../../src/pipeline/policy.ts'
import type { Random } from '../../../src/random/random.ts'
import { seededRandom } from '../../../src/random/seeded-random.ts'
import { FakeClock } from '../../../src/testing/fake-clock.ts'
import { timeout } from '../../../src/timeout/timeout.ts'
import { offerAtRandom } from '../offer-at-random.ts'
import { percentileOf } from '../percentile-of.ts'
import { ServerModel } from '../server-model.ts'

/** Calls a second, all the time. */
export const load = 80
/** How many operations call the dependency, each by a pipeline of its own. */
export const operations = 10
/** How long a caller waits, milliseconds. */
export const patienceMs = 1_000
/** When each request takes `times` as long, in seconds. */
export const slow = { from: 30, to: 60, times: 3 } as const
/** A few requests take ten times as long as the others, for no reason of their own. */
export const dependency = { workers: 20, usualMs: 50, stalledMs: 500, stalled: 0.03 } as const

const seconds = 90
const windowSeconds = 5

/** One second of a run. */
export interface HedgingPoint {
  readonly second: number
  /** Requests that reached the dependency: calls and hedges. */
  readonly requests: number
  /** Calls that were answered in time. */
  readonly goodput: number
  /** What 99 % of the calls of the last five seconds took at most, milliseconds; one given up took all its patience. */
  readonly p99Ms: number
}

/** Gives, for a run, what makes the policies of one operation. */
export type HedgingClient = (clock: FakeClock) => () => readonly Policy[]

/**
 * A dependency that stalls now and then, and so is worth hedging, becomes slow for half a minute: with room to spare for
 * its calls, but not for all of them twice. It does not notice that a hedge has lost, and answers both.
 */
export async function runHedging(client: HedgingClient): Promise<HedgingPoint[]> {
  const clock = new FakeClock()
  const random = seededRandom(20_260_105)
  const server = stallingServer(clock, random)
  const policies = client(clock)
  const lines = Array.from({ length: operations }, () =>
    pipeline({ policies: [timeout({ totalMs: patienceMs }), ...policies()], clock, random }),
  )
  const book = new Book(clock)
  const request = (): Promise<void> => {
    book.requests++
    return server.handle()
  }
  let calls = 0
  const call = (): void => {
    const from = clock.now()
    void lines[calls++ % operations]?.tryRun(request).then(({ ok }) => book.count(ok, from))
  }
  const points: HedgingPoint[] = []
  for (let second = 0; second < seconds; second++) {
    await offerAtRandom(clock, { calls: load, random, call, steps: 100 })
    points.push({ second, ...book.close() })
  }
  return points
}

/** Counts what happens to calls in the second in which it happens. */
class Book {
  requests = 0
  readonly #clock: FakeClock
  #goodput = 0
  #took: number[][] = [[]]

  constructor(clock: FakeClock) {
    this.#clock = clock
  }

  count(ok: boolean, from: number): void {
    if (ok) this.#goodput++
    this.#took.at(-1)?.push(ok ? this.#clock.now() - from : patienceMs)
  }

  close(): Omit<HedgingPoint, 'second'> {
    const point = { requests: this.requests, goodput: this.#goodput }
    const p99Ms = percentileOf(this.#took.flat(), 0.99)
    this.requests = 0
    this.#goodput = 0
    this.#took = [...this.#took.slice(1 - windowSeconds), []]
    return { ...point, p99Ms }
  }
}

function stallingServer(clock: FakeClock, random: Random): ServerModel {
  const isSlow = (): boolean => clock.now() >= slow.from * 1_000 && clock.now() < slow.to * 1_000
  return new ServerModel({
    clock,
    random,
    workers: dependency.workers,
    get serviceMs() {
      const ms = random.next() < dependency.stalled ? dependency.stalledMs : dependency.usualMs
      return isSlow() ? slow.times * ms : ms
    },
  })
}
