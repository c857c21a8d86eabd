import { expect, it } from 'vitest'
import { seededRandom } from '../random/seeded-random.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { balancer } from './balancer.ts'
import { EndpointState } from './endpoint-state.ts'
import { inFlightLoad, latencyLoad } from './load.ts'

function state(fields: Partial<EndpointState>, latencyMs = 0): EndpointState {
  const endpoint = Object.assign(new EndpointState('a', 1_000), fields)
  if (latencyMs > 0) endpoint.latency.record(latencyMs, 0)
  return endpoint
}

it('inFlightLoad() counts the calls under way and the one that would come', () => {
  expect([inFlightLoad(state({})), inFlightLoad(state({ inFlight: 3 }))]).toEqual([1, 4])
})

it('latencyLoad() is the latency times those', () => {
  expect([latencyLoad(state({}, 20), 0), latencyLoad(state({ inFlight: 3 }, 20), 0)]).toEqual([20, 80])
})

it('latencyLoad() of an endpoint that nobody has called is 0, and 60 s a call until one has succeeded', () => {
  expect([
    latencyLoad(state({}), 0),
    latencyLoad(state({ inFlight: 1 }), 0),
    latencyLoad(state({ failuresInARow: 1 }), 0),
  ]).toEqual([0, 120_000, 120_000])
})

it('latencyLoad() of a failing endpoint fades: no endpoint is given up for ever', () => {
  const failing = state({ failuresInARow: 10, failedAt: 0 })
  const known = state({ failuresInARow: 3, failedAt: 0 }, 100)

  expect([latencyLoad(failing, 0), latencyLoad(known, 0)]).toEqual([61_440_000, 800])
  expect(latencyLoad(failing, 20_000)).toBeLessThan(1)
  expect(latencyLoad(known, 1_000)).toBeCloseTo((1 + 7 / Math.E) * (100 / Math.E))
})

it('latencyLoad() doubles with each failure in a row, at most 1 024 times', () => {
  expect([1, 3, 10, 11].map((failuresInARow) => latencyLoad(state({ failuresInARow }, 1), 0))).toEqual([
    2, 8, 1_024, 1_024,
  ])
})

it('latencyLoad() of a failing endpoint does not grow when a clock steps back', () => {
  const failing = state({ failuresInARow: 1, failedAt: 5_000 }, 100)

  expect([latencyLoad(failing, 0), latencyLoad(state({ failuresInARow: 1, failedAt: 5_000 }), 0)]).toEqual([
    200, 120_000,
  ])
})

it('latencyLoad() of a failing endpoint counts the calls under way as well', () => {
  expect([
    latencyLoad(state({ failuresInARow: 1, inFlight: 2 }, 10), 0),
    latencyLoad(state({ failuresInARow: 1, inFlight: 2 }), 0),
    latencyLoad(state({ inFlight: 2 }), 0),
  ]).toEqual([60, 360_000, 180_000])
})

it('p2c does not run after an endpoint that fails at once, even when it may not be ejected', async () => {
  const clock = new FakeClock()
  const random = seededRandom(2)
  const api = balancer({ endpoints: ['good', 'fine', 'bad'], outlierEjection: false, clock, random })
  let bad = 0
  const call = (): Promise<unknown> =>
    api.run(async (endpoint) => {
      if (endpoint !== 'bad') return clock.sleep(20)
      bad++
      throw new Error('refused')
    })
  for (let i = 0; i < 200; i++) {
    const calls = Promise.allSettled([call(), call(), call()])
    await clock.advance(20)
    await calls
  }

  expect(bad).toBeLessThan(10)
})

it('p2c tries an endpoint that went down after it had answered only now and then, however long it is down', async () => {
  const clock = new FakeClock()
  const random = seededRandom(4)
  const api = balancer({ endpoints: ['good', 'fine', 'down'], outlierEjection: false, clock, random })
  let isDown = false
  let failed = 0
  const work = async (endpoint: string): Promise<void> => {
    if (endpoint !== 'down' || !isDown) return clock.sleep(20)
    failed++
    throw new Error('refused')
  }
  const minute = async (): Promise<void> => {
    for (let i = 0; i < 600; i++) {
      void api.run(work).catch(() => undefined)
      await clock.advance(100)
    }
  }
  await minute()
  isDown = true
  for (let i = 0; i < 5; i++) await minute()

  expect(failed).toBeLessThan(30)
})
