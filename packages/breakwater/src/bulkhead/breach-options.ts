import { checkFunction, checkNames, checkNumbers, withoutUndefined } from '../config/check-option.ts'
import type { BreachMitigation } from './breach.ts'
import type { BulkheadBreachEvent } from './bulkhead-events.ts'

/** When a bulkhead says that its isolation does not hold, and what it does about it. */
export interface BreachOptions {
  /**
   * Breach when more than this share of the limit is held by work whose caller was let go; it ends at half of that.
   * Above 0, up to 1, which is never. @default 0.5
   */
  readonly abandonedShare?: number
  /** Breach when a slot is held longer, milliseconds > 0, by whatever work. Infinity is never. @default Infinity */
  readonly maxHoldMs?: number
  /**
   * Until it ends: `shed-low` refuses calls of criticality `low`; `lower-limit` works with half the limit, so that
   * work that hangs takes fewer slots with it. @default 'none'
   */
  readonly mitigation?: BreachMitigation
  /** Told of each {@link BulkheadBreachEvent}. */
  readonly onEvent?: (event: BulkheadBreachEvent) => void
}

/** The options with all fields filled in. */
export type ResolvedBreachOptions = Readonly<Required<Omit<BreachOptions, 'onEvent'>>>

/** The defaults of {@link BreachOptions}. */
export const breachDefaults: ResolvedBreachOptions = Object.freeze({
  abandonedShare: 0.5,
  maxHoldMs: Infinity,
  mitigation: 'none',
})

/** Validates the options once, at construction. */
export function resolveBreachOptions(options: BreachOptions): ResolvedBreachOptions {
  checkNames('bulkhead breach', options, ['abandonedShare', 'maxHoldMs', 'mitigation', 'onEvent'])
  checkNumbers('bulkhead breach', options, {
    abandonedShare: { min: 0, max: 1, isAboveMin: true },
    maxHoldMs: { min: 0, isAboveMin: true },
  })
  checkFunction('bulkhead breach', 'onEvent', options.onEvent)
  const { abandonedShare, maxHoldMs, mitigation } = { ...breachDefaults, ...withoutUndefined(options) }
  if (!['none', 'shed-low', 'lower-limit'].includes(mitigation)) {
    throw new TypeError(
      `Cannot create bulkhead breach as 'mitigation' must be 'none', 'shed-low' or 'lower-limit': current value is '${mitigation}'`,
    )
  }
  return Object.freeze({ abandonedShare, maxHoldMs, mitigation })
}
