import { mustBe, show, withoutUndefined } from '../config/check-option.ts'
import { above, aFunction } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
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

const table: OptionTable<BreachOptions> = {
  abandonedShare: above(0, 1),
  maxHoldMs: above(0),
  mitigation: (what, field, value) => {
    if (value !== 'none' && value !== 'shed-low' && value !== 'lower-limit')
      throw new TypeError(mustBe(`${what} as '${field}'`, "'none', 'shed-low' or 'lower-limit'", show(value)))
  },
  onEvent: aFunction,
}

/** Checks the options once, at construction, and fills in the defaults. */
export function resolveBreachOptions(options: BreachOptions): ResolvedBreachOptions {
  checkOptions('bulkhead breach', options, table)
  return Object.freeze({ ...breachDefaults, ...withoutUndefined(options) })
}
