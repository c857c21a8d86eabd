import type { Clock } from '../clock/clock.ts'
import { checkFunction, checkMethods, checkNames } from '../config/check-option.ts'
import type { Random } from '../random/random.ts'
import type { ChaosEvent } from './chaos-events.ts'
import type { ChaosFault } from './chaos-fault.ts'
import { type ChaosFaultFields, faultOf } from './faults/chaos-faults.ts'

/** A switch to be held somewhere and turned while the program runs. */
export interface ChaosToggle {
  isEnabled: boolean
}

/** Options of {@link chaos}. */
export interface ChaosOptions<
  Faults extends readonly (ChaosFault<unknown> | ChaosFaultFields)[] = readonly (
    ChaosFault<unknown> | ChaosFaultFields
  )[],
> {
  /**
   * Whether anything may happen: exactly `true`, a function that says exactly `true`, or a toggle. Nothing else turns it on,
   * and no environment variable does. @default false
   */
  readonly isEnabled?: boolean | (() => boolean) | Readonly<ChaosToggle>
  /** What may happen, in this order; each draws for itself. */
  readonly faults: Faults
  /** Names the policy in events and on the page. @default 'chaos' */
  readonly name?: string
  /** What time is taken from. @default the pipeline's */
  readonly clock?: Clock
  /** Where chance comes from. @default the pipeline's */
  readonly random?: Random
  /** Told of each {@link ChaosEvent}. */
  readonly onEvent?: (event: ChaosEvent) => void
}

/** What chaos works with. */
export interface ChaosSettings {
  readonly name: string
  /** Undefined when it can never be turned on. */
  readonly isOn: (() => boolean) | undefined
  readonly faults: readonly ChaosFault<unknown>[]
}

/** The defaults of {@link ChaosOptions} that are plain values. */
export const chaosDefaults: Readonly<{ isEnabled: false; name: string }> = Object.freeze({
  isEnabled: false,
  name: 'chaos',
})

/** Validates the options once, at construction. */
export function resolveChaosOptions(options: ChaosOptions): ChaosSettings {
  checkNames('chaos', options, ['isEnabled', 'faults', 'name', 'clock', 'random', 'onEvent'])
  checkMethods('chaos', options, { clock: ['now', 'epochNow', 'setTimer'], random: ['next'] })
  checkFunction('chaos', 'onEvent', options.onEvent)
  const { isEnabled, faults, name = chaosDefaults.name } = options
  if (!Array.isArray(faults)) {
    throw new TypeError(
      `Cannot create chaos as 'faults' must be a list of faults: current value is ${String(faults)}`,
    )
  }
  return Object.freeze({ name, isOn: switchOf(isEnabled), faults: Object.freeze(faults.map(faultOf)) })
}

/** A question that cannot be answered means no. */
function switchOf(isEnabled: ChaosOptions['isEnabled']): (() => boolean) | undefined {
  if (isEnabled === true) return () => true
  if (typeof isEnabled === 'function') return () => isTrue(isEnabled)
  if (typeof isEnabled === 'object' && isEnabled !== null) return () => isEnabled.isEnabled === true
  if (isEnabled === undefined || isEnabled === false) return undefined
  throw new TypeError(
    `Cannot create chaos as 'isEnabled' must be a boolean, a function or a toggle: current value is ${String(isEnabled)}`,
  )
}

function isTrue(question: () => unknown): boolean {
  try {
    return question() === true
  } catch {
    return false
  }
}
