import type { Clock } from '../clock/clock.ts'
import {
  checkFunction,
  checkMethods,
  checkNames,
  checkNumbers,
  withoutUndefined,
} from '../config/check-option.ts'
import type { Random } from '../random/random.ts'
import type { ThrottleEvent } from './adaptive-throttle-events.ts'
import { isBackendRefusal } from './backend-refusal.ts'

/** Options of {@link adaptiveThrottle}. */
export interface AdaptiveThrottleOptions {
  /**
   * How many requests are made for each that is accepted, > 1 and up to 1000. 2 lets the dependency refuse one for each that
   * it accepts: higher notices its recovery sooner and spares it less. @default 2
   */
  readonly k?: number
  /** How far back calls count, milliseconds, 100 ms to 1 day; in twelve steps. @default 120_000 */
  readonly windowMs?: number
  /** The most that is ever shed, 0 to below 1: the rest notices that the dependency is back. @default 0.9 */
  readonly maxRejectionRatio?: number
  /** How many requests the window must hold before anything is shed; integer ≥ 1. @default 10 */
  readonly minimumCalls?: number
  /**
   * Which errors mean that the dependency did not accept the call; other errors are answers, and count as accepted.
   * @default timeouts, HTTP 429 and 503, connections refused or reset
   */
  readonly isRejection?: (error: unknown) => boolean
  /** Names the throttle in events and on the page. @default 'adaptive-throttle' */
  readonly name?: string
  /** What time is taken from. @default the system's */
  readonly clock?: Clock
  /** Where chance comes from. @default the system's */
  readonly random?: Random
  /** Told of each {@link ThrottleEvent}. */
  readonly onEvent?: (event: ThrottleEvent) => void
}

/** What a throttle works with: all filled in. */
export type AdaptiveThrottleSettings = Readonly<
  Required<Omit<AdaptiveThrottleOptions, 'clock' | 'random' | 'onEvent'>>
>

/** The defaults of {@link AdaptiveThrottleOptions}. */
export const adaptiveThrottleDefaults: Omit<AdaptiveThrottleSettings, 'isRejection'> = Object.freeze({
  k: 2,
  windowMs: 120_000,
  maxRejectionRatio: 0.9,
  minimumCalls: 10,
  name: 'adaptive-throttle',
})

const what = 'adaptive throttle'
const functionNames = ['isRejection', 'onEvent'] as const
const names = [...Object.keys(adaptiveThrottleDefaults), 'clock', 'random', ...functionNames]

/** Validates the options once, at construction. */
export function resolveAdaptiveThrottleOptions(options: AdaptiveThrottleOptions): AdaptiveThrottleSettings {
  checkNames(what, options, names)
  checkNumbers(what, options, {
    k: { min: 1, max: 1_000, isAboveMin: true },
    windowMs: { min: 100, max: 86_400_000 },
    maxRejectionRatio: { min: 0, max: 0.999_999 },
    minimumCalls: { min: 1, max: 1_000_000, isInteger: true },
  })
  for (const field of functionNames) checkFunction(what, field, options[field])
  checkMethods(what, options, { clock: ['now', 'coarseNow'], random: ['next'] })
  const { k, windowMs, maxRejectionRatio, minimumCalls, name, isRejection } = {
    ...{ ...adaptiveThrottleDefaults, isRejection: isBackendRefusal },
    ...withoutUndefined(options),
  }
  return Object.freeze({ k, windowMs, maxRejectionRatio, minimumCalls, name, isRejection })
}
