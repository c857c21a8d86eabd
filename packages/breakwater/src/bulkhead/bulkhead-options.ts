import type { Clock } from '../clock/clock.ts'
import { mustBe, type NumberRule, show, withoutUndefined } from '../config/check-option.ts'
import { above, aFunction, anything, integer, methods, number } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
import type { Criticality } from '../pipeline/call-context.ts'
import { type BreachOptions, resolveBreachOptions, type ResolvedBreachOptions } from './breach-options.ts'
import type { BulkheadEvent } from './bulkhead-events.ts'
import { checkTiers } from './check-tiers.ts'

/** In which order those who wait are let in; see {@link BulkheadOptions.order}. */
export type QueueOrder = 'fifo' | 'lifo' | 'codel' | 'criticality'

/** What {@link BulkheadOptions.tierOf} is asked with. */
export interface TieredCall {
  readonly operation: string
  /** As the caller gave it; `''` when it gave none. */
  readonly key: string
  readonly criticality: Criticality
  readonly args: readonly unknown[]
}

/** Options of {@link bulkhead}. */
export interface BulkheadOptions {
  /** How many calls may run at once; integer ≥ 1. @default 10 */
  readonly limit?: number
  /** How many more may wait; integer ≥ 0, 0 refuses at once. @default 0 */
  readonly queue?: number
  /**
   * `fifo`: who came first. `lifo`: who came last. `codel`: who came first, but while a standing queue has formed, who came
   * last, and who waited longer than twice the target is dropped. `criticality`: critical calls first, in order
   * of arrival within a class; a full queue drops the least critical for a more critical one. @default 'fifo'
   */
  readonly order?: QueueOrder
  /** `codel`: a wait that is fine, milliseconds > 0. @default 5 */
  readonly targetMs?: number
  /** `codel`: how long waits must be above the target before the queue is a standing one, milliseconds > 0. @default 100 */
  readonly intervalMs?: number
  /** `criticality`: how often in a row the call that waited longest is overtaken at most; integer ≥ 0. @default 16 */
  readonly maxOvertakes?: number
  /** How long a call waits before it is refused, milliseconds > 0. @default Infinity */
  readonly maxWaitMs?: number
  /**
   * Guaranteed shares of slots and queue by tier, each above 0 and together at most 1. What a tier does not use
   * is lent, and given back as slots come free; that takes a queue. @default none
   */
  readonly tiers?: Readonly<Record<string, number>>
  /**
   * The tier of a call. One that names no tier, or fails, puts the call in the tier that was declared last.
   * @default the call's `key`
   */
  readonly tierOf?: (call: TieredCall) => string | undefined
  /** Counts abandoned work, and watches for work that holds its slot although it should have ended. @default none */
  readonly breach?: BreachOptions
  /** Names the bulkhead in events and on the page. @default 'bulkhead' */
  readonly name?: string
  /** What waits and holds are timed by. @default that of the first pipeline that it stands in */
  readonly clock?: Clock
  /** Told of each {@link BulkheadEvent}. */
  readonly onEvent?: (event: BulkheadEvent) => void
}

/** Options that have a value whatever is given. */
type Defaulted = Required<
  Pick<
    BulkheadOptions,
    'limit' | 'queue' | 'order' | 'targetMs' | 'intervalMs' | 'maxOvertakes' | 'maxWaitMs' | 'name'
  >
>

/** The options with all defaults filled in. */
export interface ResolvedBulkheadOptions extends Readonly<Defaulted> {
  readonly tiers: Readonly<Record<string, number>> | undefined
  readonly tierOf?: (call: TieredCall) => string | undefined
  readonly breach: ResolvedBreachOptions | undefined
}

/** The defaults of {@link BulkheadOptions}. */
export const bulkheadDefaults: Readonly<Defaulted> = Object.freeze({
  limit: 10,
  queue: 0,
  order: 'fifo',
  targetMs: 5,
  intervalMs: 100,
  maxOvertakes: 16,
  maxWaitMs: Infinity,
  name: 'bulkhead',
})

/** The rule for a limit, also when it is changed at run time. */
export const limitRule: NumberRule = Object.freeze({ min: 1, max: 1_000_000, isInteger: true })

const orders: readonly unknown[] = ['fifo', 'lifo', 'codel', 'criticality'] satisfies QueueOrder[]
const count = integer(0, 1_000_000)
const table: OptionTable<BulkheadOptions> = {
  limit: number(limitRule),
  queue: count,
  order: (what, field, value) => {
    if (!orders.includes(value))
      throw new TypeError(mustBe(`${what} as '${field}'`, `one of ${orders.join(', ')}`, show(value)))
  },
  targetMs: above(0),
  intervalMs: above(0),
  maxOvertakes: count,
  maxWaitMs: above(0),
  name: anything,
  tiers: anything,
  tierOf: aFunction,
  breach: anything,
  clock: methods('now', 'deadlines'),
  onEvent: aFunction,
}

/** Validates the options once, at construction. */
export function resolveBulkheadOptions(options: BulkheadOptions): ResolvedBulkheadOptions {
  checkOptions('bulkhead', options, table)
  const { tiers, breach, ...given } = { ...bulkheadDefaults, ...withoutUndefined(options) }
  if (tiers !== undefined) checkTiers(tiers, given.queue)
  return Object.freeze({
    ...given,
    tiers: tiers && Object.freeze({ ...tiers }),
    breach: breach && resolveBreachOptions(breach),
  })
}
