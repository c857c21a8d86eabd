import type { Clock } from '../clock/clock.ts'
import {
  checkFunction,
  checkMethods,
  checkNames,
  checkNumbers,
  withoutUndefined,
} from '../config/check-option.ts'
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
  readonly zone: string | undefined
  readonly outlierEjection: OutlierSettings | false
  readonly slowStart: Readonly<Required<SlowStartOptions>> | false
  readonly isFailure: (error: unknown) => boolean
}

const what = 'balancer'
const dayMs = 86_400_000
const hourMs = 3_600_000
const functionNames = ['discover', 'isFailure', 'onEvent'] as const
const objectNames = ['endpoints', 'load', 'outlierEjection', 'slowStart', 'zone', 'clock', 'random'] as const

/** Validates the options once, at construction. */
export function resolveBalancerOptions<E extends Endpoint>(options: BalancerOptions<E>): BalancerSettings {
  checkNames(what, options, [...Object.keys(balancerDefaults), ...functionNames, ...objectNames])
  checkNumbers(what, options, {
    decayMs: { min: 10, max: hourMs },
    discoverEveryMs: { min: 10, max: dayMs },
    discoverTimeoutMs: { min: 1, max: hourMs },
    overprovisioning: { min: 1, max: 100 },
    panicRatio: { min: 0, max: 1 },
    maxEndpoints: { min: 1, max: 100_000, isInteger: true },
  })
  for (const field of functionNames) checkFunction(what, field, options[field])
  checkMethods(what, options, { clock: ['now', 'setTimer'], random: ['next'] })
  checkWords(options)
  return settle(withoutUndefined(options))
}

function settle<E extends Endpoint>(options: BalancerOptions<E>): BalancerSettings {
  const { outlierEjection = {}, slowStart = {}, strategy = balancerDefaults.strategy } = options
  const { endpoints: _endpoints, discover: _discover, ...rest } = options
  const { clock: _clock, random: _random, onEvent: _onEvent, ...values } = rest
  return Object.freeze({
    ...balancerDefaults,
    load: strategy === 'p2c' ? 'peak-ewma' : 'in-flight',
    isFailure: countsAgainst,
    ...values,
    zone: options.zone,
    outlierEjection: outlierEjection === false ? false : resolveOutlierOptions(outlierEjection),
    slowStart: slowStart === false ? false : resolveSlowStart(slowStart),
  })
}

function checkWords<E extends Endpoint>({ strategy, load, endpoints, discover }: BalancerOptions<E>): void {
  if (strategy !== undefined && !Object.hasOwn(strategies, strategy)) {
    throw wrong('strategy', `one of ${Object.keys(strategies).join(', ')}`, strategy)
  }
  if (load !== undefined && load !== 'in-flight' && load !== 'peak-ewma') {
    throw wrong('load', 'in-flight or peak-ewma', load)
  }
  if (endpoints === undefined && discover === undefined) {
    throw new TypeError("Cannot create balancer as it needs 'endpoints' or 'discover'")
  }
  if (endpoints !== undefined && !Array.isArray(endpoints)) throw wrong('endpoints', 'an array', endpoints)
}

function resolveSlowStart(options: SlowStartOptions): Readonly<Required<SlowStartOptions>> {
  checkNames(`${what} slow start`, options, Object.keys(slowStartDefaults))
  checkNumbers(`${what} slow start`, options, {
    windowMs: { min: 1, max: hourMs },
    minShare: { min: 0, max: 1, isAboveMin: true },
    aggression: { min: 0, max: 10, isAboveMin: true },
  })
  return Object.freeze({ ...slowStartDefaults, ...withoutUndefined(options) })
}

function wrong(field: string, rule: string, value: unknown): TypeError {
  return new TypeError(
    `Cannot create balancer as '${field}' must be ${rule}: current value is ${String(value)}`,
  )
}
