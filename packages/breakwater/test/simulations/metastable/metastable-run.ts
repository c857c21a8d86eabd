import { pipeline } from '../../../src/pipeline/pipeline.ts'
import type { Policy } from '../../../src/pipeline/policy.ts'
import type { Random } from '../../../src/random/random.ts'
import { seededRandom } from '../../../src/random/seeded-random.ts'
import { FakeClock } from '../../../src/testing/fake-clock.ts'
import { ServerModel } from '../server-model.ts'

/** Requests a second that the dependency answers at most: twenty workers at 100 ms. */
export const capacity = 200
/** Calls a second, all the time: 85 % of the capacity. */
export const load = 170
/** How many instances of the client share the load; each has policies of its own. */
export const instances = 10
/** When the dependency has a quarter of its capacity, in seconds. */
export const slow = { from: 20, to: 30 } as const

const seconds = 120
const stepsPerSecond = 20

/** One second of a run. */
export interface MetastablePoint {
  readonly second: number
  /** Requests that reached the dependency: first attempts and retries. */
  readonly requests: number
  /** Calls that were answered in time. */
  readonly goodput: number
  /** Requests that wait in the dependency at the end of the second. */
  readonly serverQueue: number
}

/** Makes the policies of one instance, outermost first. */
export type ClientPolicies = (clock: FakeClock, random: Random) => readonly Policy[]

/**
 * A dependency near its capacity is four times slower for ten seconds. It answers all that it has accepted, in turn,
 * also when the client has given up; so once its queue is longer than a client waits, it works for nobody until the
 * queue is gone. Whether that happens after the cause has ended is up to the clients.
 */
export async function runMetastable(policies: ClientPolicies): Promise<MetastablePoint[]> {
  const clock = new FakeClock()
  const random = seededRandom(20_260_104)
  const server = dependency(clock, random)
  const tally = { requests: 0, goodput: 0 }
  const lines = Array.from({ length: instances }, () =>
    pipeline({ policies: policies(clock, random), clock, random }),
  )
  const request = (): Promise<void> => {
    tally.requests++
    return server.handle()
  }
  const points: MetastablePoint[] = []
  let calls = 0
  for (let second = 0; second < seconds; second++) {
    for (let step = 1; step <= stepsPerSecond; step++) {
      for (; calls < (second + step / stepsPerSecond) * load; calls++) {
        void lines[calls % instances]?.tryRun(request).then(({ ok }) => void (tally.goodput += ok ? 1 : 0))
      }
      await clock.advance(1_000 / stepsPerSecond)
    }
    points.push({ second, ...tally, serverQueue: server.waiting })
    Object.assign(tally, { requests: 0, goodput: 0 })
  }
  return points
}

function dependency(clock: FakeClock, random: Random): ServerModel {
  const isSlow = (): boolean => clock.now() >= slow.from * 1_000 && clock.now() < slow.to * 1_000
  return new ServerModel({
    clock,
    random,
    workers: 20,
    backlog: 1_000,
    refusalCost: 0.1,
    get serviceMs() {
      return isSlow() ? 400 : 100
    },
  })
}

/** How many seconds after the cause has ended goodput is back at nine tenths of the load, and stays; null if never. */
export function secondsToRecover(points: readonly MetastablePoint[]): number | null {
  const lastBad = points.findLastIndex(({ goodput }) => goodput < 0.9 * load)
  return lastBad === points.length - 1 ? null : Math.max(0, lastBad + 1 - slow.to)
}
