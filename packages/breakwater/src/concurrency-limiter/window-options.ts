import { checkNames, checkNumbers, withoutUndefined } from '../config/check-option.ts'
import type { SampleWindowOptions } from './limit-algorithm.ts'

/** The defaults of `window`, as of Netflix's `WindowedLimit`. */
export const sampleWindowDefaults: Required<SampleWindowOptions> = Object.freeze({
  minMs: 1_000,
  maxMs: 1_000,
  minSamples: 10,
  minRttMs: 0.1,
})

/** The default of `aimd` and `vegas`: about two round trips, so that a burst of late answers to one congestion counts once. */
export const shortWindowDefaults: Required<SampleWindowOptions> = Object.freeze({
  ...sampleWindowDefaults,
  minMs: 100,
})

/** Validates the `window` of an algorithm; false means that each call is a sample. */
export function resolveWindow(
  what: string,
  window: SampleWindowOptions | false,
  byDefault: Required<SampleWindowOptions>,
): Required<SampleWindowOptions> | undefined {
  if (window === false) return undefined
  checkNames(`${what} window`, window, Object.keys(sampleWindowDefaults))
  const minMs = window.minMs ?? byDefault.minMs
  checkNumbers(`${what} window`, window, {
    minMs: { min: 100, max: 60_000 },
    maxMs: { min: minMs, max: 60_000 },
    minSamples: { min: 1, max: 1_000_000, isInteger: true },
    minRttMs: { min: 0, max: 60_000 },
  })
  const filled = { ...byDefault, ...withoutUndefined(window) }
  return Object.freeze({ ...filled, maxMs: Math.max(filled.maxMs, minMs) })
}
