import type { Clock } from '../clock/clock.ts'
import { mustBe } from '../config/check-option.ts'
import { aFunction, anything, methods } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
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

const table: OptionTable<ChaosOptions> = {
  isEnabled: anything,
  faults: anything,
  name: anything,
  clock: methods('now', 'epochNow', 'setTimer'),
  random: methods('next'),
  onEvent: aFunction,
}

/** Validates the options once, at construction. */
export function resolveChaosOptions(options: ChaosOptions): ChaosSettings {
  checkOptions('chaos', options, table)
  const { isEnabled = chaosDefaults.isEnabled, faults, name = chaosDefaults.name } = options
  if (!Array.isArray(faults)) throw new TypeError(mustBe("chaos as 'faults'", 'a list of faults', faults))
  return Object.freeze({ name, isOn: switchOf(isEnabled), faults: Object.freeze(faults.map(faultOf)) })
}

/** A question that cannot be answered means no. */
function switchOf(isEnabled: Required<ChaosOptions>['isEnabled']): (() => boolean) | undefined {
  if (isEnabled === true) return () => true
  if (typeof isEnabled === 'function') return () => isTrue(isEnabled)
  if (typeof isEnabled === 'object' && isEnabled !== null) return () => isEnabled.isEnabled === true
  if (isEnabled === false) return undefined
  throw new TypeError(mustBe("chaos as 'isEnabled'", 'a boolean, a function or a toggle', isEnabled))
}

function isTrue(question: () => unknown): boolean {
  try {
    return question() === true
  } catch {
    return false
  }
}
