import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PeakEwma } from './peak-ewma.ts'

it('PeakEwma takes a higher latency at once', () => {
  const latency = new PeakEwma(1_000)
  latency.record(10, 0)
  latency.record(500, 1)

  expect(latency.valueAt(1)).toBe(500)
})

it('PeakEwma moves to a lower latency by as much as time has passed: 63 % in its decay time', () => {
  const latency = new PeakEwma(1_000)
  latency.record(100, 0)
  latency.record(0, 0)
  const atOnce = latency.valueAt(0)
  latency.record(10, 1_000)

  expect(atOnce).toBe(100)
  expect(latency.valueAt(1_000)).toBeCloseTo(10 + 90 * Math.exp(-1))
})

it('PeakEwma fades when nothing is recorded', () => {
  const latency = new PeakEwma(1_000)
  latency.record(100, 0)

  expect([0, 1_000, 10_000].map((now) => latency.valueAt(now))).toEqual([
    100,
    expect.closeTo(100 / Math.E),
    expect.closeTo(100 * Math.exp(-10)),
  ])
})

it('PeakEwma is raised and never lowered by a lower bound', () => {
  const latency = new PeakEwma(1_000)
  latency.record(100, 0)
  latency.recordAtLeast(99, 0)
  const kept = latency.valueAt(0)
  latency.recordAtLeast(10, 1_000)
  const faded = latency.valueAt(1_000)
  latency.recordAtLeast(101, 1_000)

  expect([kept, faded, latency.valueAt(1_000)]).toEqual([100, expect.closeTo(100 / Math.E), 101])
})

it('PeakEwma does not move at a lower bound that it is at', () => {
  const latency = new PeakEwma(1_000)
  latency.record(100, 0)
  const faded = latency.valueAt(1_000)
  latency.recordAtLeast(faded, 1_000)

  expect(latency.valueAt(1_000)).toBe(faded)
})

it('PeakEwma holds anew what it knew, or what a failure took, when that is longer', () => {
  const latency = new PeakEwma(1_000)
  latency.record(100, 0)
  latency.renew(20, 5_000)
  const held = latency.valueAt(5_000)
  latency.renew(150, 6_000)

  expect([held, latency.valueAt(6_000)]).toEqual([100, 150])
})

it('PeakEwma of which nothing was recorded learns nothing from a failure', () => {
  const latency = new PeakEwma(1_000)
  latency.renew(20, 0)

  expect(latency.valueAt(0)).toBe(0)
})

it('PeakEwma does not grow when a clock steps back', () => {
  const latency = new PeakEwma(1_000)
  latency.record(100, 5_000)
  const before = latency.valueAt(0)
  latency.record(50, 0)

  expect([before, latency.valueAt(0)]).toEqual([100, 100])
})

it('PeakEwma starts to fade anew with each latency, the higher one too', () => {
  const latency = new PeakEwma(1_000)
  latency.record(100, 0)
  latency.record(200, 1_000)

  expect([latency.valueAt(1_000), latency.valueAt(2_000)]).toEqual([200, expect.closeTo(200 / Math.E)])
})

it('PeakEwma is raised by a lower bound above what is left of the latency', () => {
  const latency = new PeakEwma(1_000)
  latency.record(100, 0)
  latency.recordAtLeast(50, 1_000)

  // What was left was 36.8: the bound moves it up by as much as time has passed.
  expect(latency.valueAt(1_000)).toBeCloseTo(100 / Math.E + 50 * (1 - 1 / Math.E))
})

it('PeakEwma knows nothing at first', () => {
  expect(new PeakEwma(1_000).valueAt(5_000)).toBe(0)
})

it('PeakEwma stays between 0 and the highest latency that it was given', () => {
  const sample = fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.nat({ max: 100_000 }))

  fc.assert(
    fc.property(fc.array(sample, { minLength: 1 }), (samples) => {
      const latency = new PeakEwma(500)
      let now = 0
      const values = samples.map(([ms, pause]) => {
        now += pause
        latency.record(ms, now)
        return latency.valueAt(now)
      })
      const highest = Math.max(...samples.map(([ms]) => ms))
      return values.every((value) => value >= 0 && value <= highest)
    }),
  )
})
