import type { Clock } from '../../clock/clock.ts'
import { systemClock } from '../../clock/system-clock.ts'
import {
  checkFunction,
  checkMethods,
  checkNames,
  checkNumbers,
  type NumberRule,
  withoutUndefined,
} from '../../config/check-option.ts'
import type { Random } from '../../random/random.ts'
import { systemRandom } from '../../random/system-random.ts'
import type { ResourcePoolEvent } from './resource-pool-events.ts'

/** Options of {@link resourcePool}. */
export interface ResourcePoolOptions<Resource> {
  /** Makes a resource; the signal aborts after `createTimeoutMs`, and what still comes then is destroyed. */
  readonly create: (signal: AbortSignal) => Resource | PromiseLike<Resource>
  /** Disposes of one; called exactly once for each. @default nothing is done */
  readonly destroy?: (resource: Resource) => unknown
  /** Whether one is healthy: false, an error or no answer within `checkTimeoutMs` removes it. @default all are */
  readonly check?: (resource: Resource) => boolean | PromiseLike<boolean>
  /** Whether an error of the work in `use` means that the resource is broken. @default none does */
  readonly isBroken?: (error: unknown) => boolean
  /** How many are kept, and made at once; integer, 0–`max`. @default 0 */
  readonly min?: number
  /** How many there are at most, those included that are being made or destroyed; integer, 1–10,000. @default 10 */
  readonly max?: number
  /** How many borrowers may wait; integer ≥ 0. @default 1_000 */
  readonly maxWaiting?: number
  /** How many are made at the same time; integer ≥ 1. While creation fails it is one. @default 4 */
  readonly maxCreating?: number
  /** How long a borrower waits, milliseconds > 0. @default 5_000 */
  readonly acquireTimeoutMs?: number
  /** Milliseconds > 0. @default 10_000 */
  readonly createTimeoutMs?: number
  /** Milliseconds > 0. @default 5_000 */
  readonly destroyTimeoutMs?: number
  /** Milliseconds > 0. @default 1_000 */
  readonly checkTimeoutMs?: number
  /** The longest pause after several creations in a row failed, milliseconds ≥ 0; it doubles from 50 ms on. @default 30_000 */
  readonly maxBackoffMs?: number
  /** One that nobody borrowed for so long goes while there are more than `min`, milliseconds > 0. @default 60_000 */
  readonly idleMs?: number
  /** No resource becomes older, milliseconds > 0; each has up to a tenth less, so that they do not go together. @default 1_800_000 */
  readonly maxLifetimeMs?: number
  /** How often one that is idle is checked, milliseconds > 0. @default 30_000 */
  readonly checkIntervalMs?: number
  /** Whether one is checked before it is lent. @default true */
  readonly checkOnAcquire?: boolean
  /** One that was made or checked so lately is not checked again before it is lent, milliseconds ≥ 0. @default 500 */
  readonly freshMs?: number
  /** After how long a lease is reported as overdue, milliseconds > 0. @default Infinity */
  readonly leakMs?: number
  /** Names it in events and errors. @default 'resource-pool' */
  readonly name?: string
  /** Measures waits and ages. @default the system's */
  readonly clock?: Clock
  /** Spreads lifetimes and backoff. @default the engine's own */
  readonly random?: Random
  /** Told of each {@link ResourcePoolEvent}. */
  readonly onEvent?: (event: ResourcePoolEvent) => void
}

/** The options with all fields filled in. */
export type ResolvedResourcePoolOptions<Resource> = Readonly<
  Required<Omit<ResourcePoolOptions<Resource>, 'check' | 'onEvent'>>
> &
  Pick<ResourcePoolOptions<Resource>, 'check'>

type Numbers =
  'min' | 'max' | 'maxWaiting' | 'maxCreating' | `${'acquire' | 'create' | 'destroy' | 'check'}TimeoutMs`
type Times = 'maxBackoffMs' | 'idleMs' | 'maxLifetimeMs' | 'checkIntervalMs' | 'freshMs' | 'leakMs'

/** The defaults of {@link ResourcePoolOptions}. */
export const resourcePoolDefaults: Readonly<
  Required<Pick<ResourcePoolOptions<unknown>, Numbers | Times | 'checkOnAcquire' | 'name'>>
> = Object.freeze({
  ...{ min: 0, max: 10, maxWaiting: 1_000, maxCreating: 4 },
  ...{ acquireTimeoutMs: 5_000, createTimeoutMs: 10_000, destroyTimeoutMs: 5_000, checkTimeoutMs: 1_000 },
  ...{ maxBackoffMs: 30_000, idleMs: 60_000, maxLifetimeMs: 1_800_000, checkIntervalMs: 30_000 },
  ...{ checkOnAcquire: true, freshMs: 500, leakMs: Infinity, name: 'resource-pool' },
})

const what = 'resource pool'
const functions = ['create', 'destroy', 'check', 'isBroken', 'onEvent'] as const
const names = [...Object.keys(resourcePoolDefaults), ...functions, 'clock', 'random']
const aboveZero: NumberRule = { min: 0, isAboveMin: true }

/** Validates the options once, at construction. */
export function resolveResourcePoolOptions<Resource>(
  options: ResourcePoolOptions<Resource>,
): ResolvedResourcePoolOptions<Resource> {
  checkNames(what, options, names)
  const { max = resourcePoolDefaults.max } = options
  checkNumbers(what, options, {
    ...{ max: { min: 1, max: 10_000, isInteger: true }, min: { min: 0, max, isInteger: true } },
    maxWaiting: { min: 0, max: 1_000_000, isInteger: true },
    maxCreating: { min: 1, isInteger: true },
    ...{ acquireTimeoutMs: aboveZero, createTimeoutMs: aboveZero, destroyTimeoutMs: aboveZero },
    ...{ checkTimeoutMs: aboveZero, idleMs: aboveZero, maxLifetimeMs: aboveZero, checkIntervalMs: aboveZero },
    ...{ leakMs: aboveZero, maxBackoffMs: { min: 0, max: 3_600_000 }, freshMs: { min: 0 } },
  })
  if (options.create === undefined) checkFunction(what, 'create', null)
  for (const field of functions) checkFunction(what, field, options[field])
  checkMethods(what, options, { clock: ['now', 'setTimer', 'deadlines'], random: ['next'] })
  const { onEvent: _, ...given } = withoutUndefined(options)
  const noop = (): void => undefined
  return Object.freeze({
    ...{ clock: systemClock, random: systemRandom, destroy: noop, isBroken: () => false },
    ...resourcePoolDefaults,
    ...given,
  })
}
