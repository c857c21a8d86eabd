import type { Clock } from '../clock/clock.ts'
import { withoutUndefined } from '../config/check-option.ts'
import { above, aFunction, anything, atLeast, integer, methods } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
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

const table: OptionTable<AdaptiveThrottleOptions> = {
  k: above(1, 1_000),
  windowMs: atLeast(100, 86_400_000),
  maxRejectionRatio: atLeast(0, 0.999_999),
  minimumCalls: integer(1, 1_000_000),
  name: anything,
  clock: methods('now', 'coarseNow'),
  random: methods('next'),
  isRejection: aFunction,
  onEvent: aFunction,
}

/** Checks the options once, at construction, and fills in the defaults. */
export function resolveAdaptiveThrottleOptions(options: AdaptiveThrottleOptions): AdaptiveThrottleSettings {
  checkOptions('adaptive throttle', options, table)
  return Object.freeze({
    ...adaptiveThrottleDefaults,
    isRejection: isBackendRefusal,
    ...withoutUndefined(options),
  })
}
