import { describe, expect, it } from 'vitest'
import { createRuntime } from '../runtime.ts'
import { prometheusText } from './prometheus-text.ts'

const bw = createRuntime({ service: 'shop' })
const write = (options: object) => () => prometheusText(bw, options)

describe('prometheusText() refuses', () => {
  it.each([
    [{ format: 'json' }, "'format' must be one of prometheus, openmetrics: current value is json"],
    [{ formats: 'x' }, "'formats' is not an option of it: the options are format, latencyBoundsSeconds"],
    [
      { latencyBoundsSeconds: 1 },
      "'latencyBoundsSeconds' must be an array of 1 to 100 numbers: current value is 1",
    ],
    [{ latencyBoundsSeconds: [] }, "'latencyBoundsSeconds' must be an array of 1 to 100 numbers"],
    [
      { latencyBoundsSeconds: Array.from({ length: 101 }, (_, index) => index + 1) },
      "'latencyBoundsSeconds' must be an array of 1 to 100 numbers",
    ],
    [
      { latencyBoundsSeconds: [1, 1] },
      "'latencyBoundsSeconds[1]' must be a number from 0.000001 to 4000 and above the one before: current value is 1",
    ],
    [{ latencyBoundsSeconds: [9e-7] }, 'current value is 9e-7'],
    [{ latencyBoundsSeconds: [4_000.1] }, 'current value is 4000.1'],
    [{ latencyBoundsSeconds: [Number.NaN] }, 'current value is NaN'],
    [{ latencyBoundsSeconds: ['1'] }, "current value is '1'"],
  ])('%j', (options, message) => {
    expect(write(options)).toThrow(message)
  })

  it('two runtimes of the same service, whose series would be the same', () => {
    expect(() => prometheusText([bw, createRuntime({ service: 'shop' })])).toThrow(
      "'runtimes' must be of different services: current value is shop, shop",
    )
  })
})

it('prometheusText() takes bounds at the ends of their range', () => {
  expect(write({ latencyBoundsSeconds: [1e-6, 4_000] })).not.toThrow()
  expect(write({ latencyBoundsSeconds: Array.from({ length: 100 }, (_, index) => index + 1) })).not.toThrow()
})
