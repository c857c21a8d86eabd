import { expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { BalancerOptions } from './balancer-options.ts'
import { balancer } from './balancer.ts'

interface Report {
  /** The share of attempts that met the dead endpoint, second by second. */
  readonly dead: number[]
  readonly failedCalls: number
}

/** One of ten endpoints fails at once from second 5 to 65, under 100 calls a second for 120 s. */
async function outage(options: Partial<BalancerOptions<string>>, maxRetries: number): Promise<Report> {
  const clock = new FakeClock()
  const random = seededRandom(9)
  const endpoints = Array.from({ length: 10 }, (_, index) => `e${index}`)
  const api = balancer({ endpoints, strategy: 'round-robin', clock, random, ...options })
  const policies = [retry({ maxRetries, backoff: fixed({ delayMs: 0 }) })]
  const around = pipeline({ policies, clock, random })
  const dead: number[] = []
  let failedCalls = 0
  for (let second = 0; second < 120; second++) {
    let hits = 0
    const work = (endpoint: string): string => {
      if (endpoint !== 'e0' || second < 5 || second >= 65) return endpoint
      hits++
      throw new Error('down')
    }
    for (let i = 0; i < 100; i++) {
      await api.run(work, { pipeline: around }).catch(() => failedCalls++)
    }
    dead.push(hits / 100)
    await clock.advance(1_000)
  }
  clock.expectIdle()
  return { dead, failedCalls }
}

it('without ejection and retry every tenth call of an outage fails; with both none does', async () => {
  const naive = await outage({ outlierEjection: false }, 0)
  const ours = await outage({}, 1)

  expect(naive.failedCalls).toBe(600)
  expect(ours.failedCalls).toBe(0)
})

it('ejection alone keeps 59 in 60 calls to a dead endpoint away', async () => {
  const { failedCalls, dead } = await outage({}, 0)

  // Five to begin with, five after the first ejection: of 600 that round robin would have sent there.
  expect(failedCalls).toBe(10)
  expect(dead.slice(6, 35)).toEqual(new Array<number>(29).fill(0))
})
