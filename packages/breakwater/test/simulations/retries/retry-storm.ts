import { pipeline } from '../../../src/pipeline/pipeline.ts'
import type { Policy } from '../../../src/pipeline/policy.ts'
import { seededRandom } from '../../../src/random/seeded-random.ts'
import { exponential } from '../../../src/retry/backoff.ts'
import { retry, type Retry } from '../../../src/retry/retry.ts'
import type { RetryAllowance } from '../../../src/retry/retry-allowance.ts'
import { FakeClock } from '../../../src/testing/fake-clock.ts'
import { timeout } from '../../../src/timeout/timeout.ts'
import { ServerModel } from '../server-model.ts'

/** Requests a second that the dependency answers at most: twenty workers at 100 ms. */
export const capacity = 200
/** Calls a second before and after the burst: well below the capacity. */
export const usualLoad = 140

const seconds = 70
const server = { workers: 20, serviceMs: 100, backlog: 400, refusalCost: 0.1 }
const stepsPerSecond = 20

/** One second of a storm. */
export interface StormPoint {
  readonly second: number
  /** Calls that were made. */
  readonly offered: number
  /** Requests that reached the dependency: first attempts and retries. */
  readonly requests: number
  /** Calls that were answered in time. */
  readonly goodput: number
  /** Requests that wait in the dependency at the end of the second. */
  readonly serverQueue: number
}

/** How the clients of a storm retry. */
export interface StormRun {
  /** 0 for clients that do not retry. */
  readonly maxRetries: number
  readonly budget?: (clock: FakeClock) => RetryAllowance
}

/**
 * For five seconds, from the tenth on, three times as much is asked of a dependency as it can do; before and after it
 * is seven tenths. What comes after tells whether the retries keep it down.
 */
export async function runStorm({ maxRetries, budget }: StormRun): Promise<StormPoint[]> {
  const clock = new FakeClock()
  const random = seededRandom(20_260_102)
  const model = new ServerModel({ ...server, clock, random })
  const tally = { requests: 0, goodput: 0 }
  const line = pipeline({
    policies: [...retrying(maxRetries, budget?.(clock)), timeout({ ms: 500 })],
    clock,
    random,
  })
  const request = (): Promise<void> => {
    tally.requests++
    return model.handle()
  }
  const call = (): void =>
    void line.tryRun(request).then(({ ok }) => {
      if (ok) tally.goodput++
    })
  const points: StormPoint[] = []
  for (let second = 0; second < seconds; second++) {
    const offered = second >= 10 && second < 15 ? 3 * capacity : usualLoad
    await offer(clock, offered, call)
    points.push({ second, offered, ...tally, serverQueue: model.waiting })
    Object.assign(tally, { requests: 0, goodput: 0 })
  }
  return points
}

function retrying(maxRetries: number, budget: RetryAllowance | undefined): readonly (Policy | Retry)[] {
  if (maxRetries === 0) return []
  const backoff = exponential({ initialMs: 100, maxMs: 1_000 })
  return [retry({ maxRetries, backoff, ...(budget === undefined ? {} : { budget }) })]
}

async function offer(clock: FakeClock, calls: number, call: () => void): Promise<void> {
  for (let step = 0; step < stepsPerSecond; step++) {
    const count =
      Math.floor(((step + 1) * calls) / stepsPerSecond) - Math.floor((step * calls) / stepsPerSecond)
    for (let i = 0; i < count; i++) call()
    await clock.advance(1_000 / stepsPerSecond)
  }
}
