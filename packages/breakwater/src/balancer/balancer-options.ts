import type { Clock } from '../clock/clock.ts'
import { checkText, withoutUndefined } from '../config/check-option.ts'
import {
  above,
  aFunction,
  anArray,
  anything,
  atLeast,
  integer,
  methods,
  oneOf,
} from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
import type { Random } from '../random/random.ts'
import type { BalancerEvent } from './balancer-events.ts'
import type { Endpoint } from './endpoint.ts'
import { countsAgainst } from './is-endpoint-failure.ts'
import {
  type OutlierEjectionOptions,
  type OutlierSettings,
  resolveOutlierOptions,
} from './outlier-options.ts'
import { type SlowStartOptions, slowStartDefaults } from './slow-start.ts'
import { strategies, type StrategyName } from './strategies/strategies.ts'

/** Options of {@link balancer}. At least one of `endpoints` and `discover` is needed. */
export interface BalancerOptions<E extends Endpoint> {
  /** The endpoints at the start; more may be added. @default none */
  readonly endpoints?: readonly E[]
  /**
   * Asks for the endpoints: before the first call when there are no `endpoints`, and, while calls are made, every
   * `discoverEveryMs`. Those that are missing from the answer are drained. When it fails, those that were known stay.
   */
  readonly discover?: (context: { readonly signal: AbortSignal }) => readonly E[] | PromiseLike<readonly E[]>
  /** How old an answer of `discover` may get, milliseconds, 10 ms to 1 day. @default 30_000 */
  readonly discoverEveryMs?: number
  /** How long `discover` may take, milliseconds, 1 ms to 1 hour. @default 10_000 */
  readonly discoverTimeoutMs?: number
  /** How to choose. @default 'p2c' */
  readonly strategy?: StrategyName
  /**
   * What `p2c` and `least-loaded` compare: calls under way, or those times the latency (peak EWMA).
   * @default 'peak-ewma' for p2c, 'in-flight' for least-loaded
   */
  readonly load?: 'in-flight' | 'peak-ewma'
  /** In what time an old latency fades to 1/e, milliseconds, 10 ms to 1 hour. @default 10_000 */
  readonly decayMs?: number
  /** Takes endpoints out that fail more than the others; `false` for never. @default on */
  readonly outlierEjection?: OutlierEjectionOptions | false
  /** How endpoints that are new or restored come back; `false` for at once. @default over 30 s, from 10 % */
  readonly slowStart?: SlowStartOptions | false
  /**
   * A priority level, or the caller's zone, takes all calls while its healthy share × this is at least 1; 1–100.
   * @default 1.4, down to 71 % healthy
   */
  readonly overprovisioning?: number
  /**
   * When fewer than this share of a level is healthy, and no level can take over, all of its endpoints are used: calls to
   * those said to be ill beat overloading the few others. 0–1; at 0 only when none is healthy. @default 0.5
   */
  readonly panicRatio?: number
  /** The caller's own zone: its endpoints are preferred within a priority level. @default none */
  readonly zone?: string
  /** How many endpoints it may have; integer 1–100 000. @default 1_000 */
  readonly maxEndpoints?: number
  /** Which errors are the endpoint's fault. @default all but refusals by policies of this library */
  readonly isFailure?: (error: unknown) => boolean
  /** Names the balancer in events and on the page. @default 'balancer' */
  readonly name?: string
  /** What time is taken from. @default the system's */
  readonly clock?: Clock
  /** Where chance comes from. @default the system's */
  readonly random?: Random
  /** Told of each {@link BalancerEvent}. */
  readonly onEvent?: (event: BalancerEvent) => void
}

/** The defaults of {@link BalancerOptions} that are plain values. */
export const balancerDefaults: Readonly<{
  name: string
  strategy: StrategyName
  decayMs: number
  discoverEveryMs: number
  discoverTimeoutMs: number
  overprovisioning: number
  panicRatio: number
  maxEndpoints: number
}> = Object.freeze({
  name: 'balancer',
  strategy: 'p2c',
  decayMs: 10_000,
  discoverEveryMs: 30_000,
  discoverTimeoutMs: 10_000,
  overprovisioning: 1.4,
  panicRatio: 0.5,
  maxEndpoints: 1_000,
})

/** What a balancer works with. */
export interface BalancerSettings {
  readonly name: string
  readonly strategy: StrategyName
  readonly load: 'in-flight' | 'peak-ewma'
  readonly decayMs: number
  readonly discoverEveryMs: number
  readonly discoverTimeoutMs: number
  readonly overprovisioning: number
  readonly panicRatio: number
  readonly maxEndpoints: number
  readonly zone?: string
  readonly outlierEjection: OutlierSettings | false
  readonly slowStart: Readonly<Required<SlowStartOptions>> | false
  readonly isFailure: (error: unknown) => boolean
}

const what = 'balancer'
const dayMs = 86_400_000
const hourMs = 3_600_000
const table: OptionTable<BalancerOptions<Endpoint>> = {
  name: anything,
  strategy: oneOf(...Object.keys(strategies)),
  decayMs: atLeast(10, hourMs),
  discoverEveryMs: atLeast(10, dayMs),
  discoverTimeoutMs: atLeast(1, hourMs),
  overprovisioning: atLeast(1, 100),
  panicRatio: atLeast(0, 1),
  maxEndpoints: integer(1, 100_000),
  discover: aFunction,
  isFailure: aFunction,
  onEvent: aFunction,
  endpoints: anArray,
  load: oneOf('in-flight', 'peak-ewma'),
  outlierEjection: anything,
  slowStart: anything,
  zone: checkText,
  clock: methods('now', 'setTimer'),
  random: methods('next'),
}
const slowStartTable: OptionTable<SlowStartOptions> = {
  windowMs: atLeast(1, hourMs),
  minShare: above(0, 1),
  aggression: above(0, 10),
}

/** Validates the options once, at construction. */
export function resolveBalancerOptions<E extends Endpoint>(options: BalancerOptions<E>): BalancerSettings {
  checkOptions(what, options, table)
  const given = { ...balancerDefaults, isFailure: countsAgainst, ...withoutUndefined(options) }
  const { outlierEjection = {}, slowStart = {}, endpoints, discover, strategy } = given
  if (endpoints === undefined && discover === undefined)
    throw new TypeError("Cannot create balancer as it needs 'endpoints' or 'discover'")
  return Object.freeze({
    load: strategy === 'p2c' ? 'peak-ewma' : 'in-flight',
    ...given,
    outlierEjection: outlierEjection !== false && resolveOutlierOptions(outlierEjection),
    slowStart: slowStart !== false && resolveSlowStart(slowStart),
  })
}

function resolveSlowStart(options: SlowStartOptions): Readonly<Required<SlowStartOptions>> {
  checkOptions(`${what} slow start`, options, slowStartTable)
  return Object.freeze({ ...slowStartDefaults, ...withoutUndefined(options) })
}
