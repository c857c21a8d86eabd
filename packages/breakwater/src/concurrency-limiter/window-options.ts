import { checkNumbers, withoutUndefined } from '../config/check-option.ts'
import { anything, atLeast, integer } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
import type { SampleWindowOptions } from './limit-algorithm.ts'

/** The defaults of `window`, as of Netflix's `WindowedLimit`. */
export const sampleWindowDefaults: Required<SampleWindowOptions> = Object.freeze({
  minMs: 1_000,
  maxMs: 1_000,
  minSamples: 10,
  minRttMs: 0.1,
})

/** The default of `aimd` and `vegas`: about two round trips, so that a burst of late answers to one congestion counts once. */
export const shortWindowDefaults: Required<SampleWindowOptions> = /* @__PURE__ */ Object.freeze({
  ...sampleWindowDefaults,
  minMs: 100,
})

const table: OptionTable<SampleWindowOptions> = {
  minMs: atLeast(100, 60_000),
  maxMs: anything,
  minSamples: integer(1, 1_000_000),
  minRttMs: atLeast(0, 60_000),
}

/** Validates the `window` of an algorithm; false means that each call is a sample. */
export function resolveWindow(
  what: string,
  window: SampleWindowOptions | false,
  byDefault: Required<SampleWindowOptions>,
): Required<SampleWindowOptions> | undefined {
  if (window === false) return undefined
  checkOptions(`${what} window`, window, table)
  const { minMs = byDefault.minMs } = window
  checkNumbers(`${what} window`, window, { maxMs: { min: minMs, max: 60_000 } })
  const filled = { ...byDefault, ...withoutUndefined(window) }
  return Object.freeze({ ...filled, maxMs: Math.max(filled.maxMs, minMs) })
}
