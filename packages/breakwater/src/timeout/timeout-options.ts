import { aBoolean, above, aFunction, anything } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'
import {
  type AdaptiveLimitOptions,
  resolveAdaptiveLimitOptions,
  type ResolvedAdaptiveLimitOptions,
} from './adaptive-limit-options.ts'
import type { TimeoutBound } from './timeout-errors.ts'

/** Options of {@link timeout}: exactly one of `ms`, `totalMs` and `adaptive`. */
export interface TimeoutOptions {
  /**
   * Limit of one attempt, milliseconds, from when the attempt gets past this policy: put it innermost.
   * Any number > 0 up to 2³¹−1.
   */
  readonly ms?: number
  /**
   * Limit of the whole call with all its attempts and waits, milliseconds: put it outside the retry.
   * The same mechanism under the name that says what it is for.
   */
  readonly totalMs?: number
  /** Limit of one attempt that follows what the operation takes. */
  readonly adaptive?: AdaptiveLimitOptions
  /**
   * Takes less than the limit when less is left to the caller, by `remainingMs`, and refuses with
   * `DeadlineExceededError`, without calling the work, when less than a millisecond is. With `false` not even in a pipeline
   * that knows what is left. @default where the pipeline knows, as those of a runtime of `breakwater/node` do
   */
  readonly propagate?: boolean
  /**
   * What is left to the caller, milliseconds; undefined when it waits for ever. Asked on the way in; one that fails counts
   * as undefined. With `propagate` only, which needs it.
   */
  readonly remainingMs?: () => number | undefined
  /** Keeps a list of the calls that run, to be looked at and cancelled. @default false */
  readonly track?: boolean
  /** Names the policy in events and on the page. @default 'timeout' or 'total-timeout' */
  readonly name?: string
  /** Told of each {@link CallTimedOut}. */
  readonly onEvent?: (event: CallTimedOut) => void
}

/** A call or an attempt took longer than its limit. */
export interface CallTimedOut {
  readonly type: 'CallTimedOut'
  readonly policy: string
  readonly operation: string
  readonly attempt: number
  readonly limitMs: number
  readonly scope: 'attempt' | 'total'
  /** Given by a timeout that propagates deadlines. */
  readonly boundBy?: TimeoutBound
}

/** The options with the limit and its scope made plain. */
export interface ResolvedTimeoutOptions {
  /** The ceiling of an adaptive one. */
  readonly limitMs: number
  readonly scope: 'attempt' | 'total'
  readonly name: string
  readonly adaptive: ResolvedAdaptiveLimitOptions | undefined
  /** Set when deadlines propagate. */
  readonly remainingMs: (() => number | undefined) | undefined
  /** It does not keep to what a pipeline knows. */
  readonly isAlone: boolean
  readonly track: boolean
}

const duration = above(0, 2 ** 31 - 1)
const table: OptionTable<TimeoutOptions> = {
  ms: duration,
  totalMs: duration,
  adaptive: anything,
  propagate: aBoolean,
  remainingMs: aFunction,
  track: aBoolean,
  name: anything,
  onEvent: aFunction,
}

/** Validates the options once, at construction. */
export function resolveTimeoutOptions(options: TimeoutOptions): ResolvedTimeoutOptions {
  checkOptions('timeout', options, table)
  const { ms, totalMs, track = false, remainingMs } = options
  checkOneLimit(options)
  if (options.propagate === true && remainingMs === undefined)
    throw new TypeError("Cannot create timeout as 'propagate' needs 'remainingMs'")
  if (options.propagate !== true && remainingMs !== undefined)
    throw new TypeError("Cannot create timeout as 'remainingMs' needs 'propagate'")
  const adaptive = options.adaptive === undefined ? undefined : resolveAdaptiveLimitOptions(options.adaptive)
  const scope = totalMs === undefined ? 'attempt' : 'total'
  const name = options.name ?? (scope === 'total' ? 'total-timeout' : 'timeout')
  const limitMs = ms ?? totalMs ?? adaptive?.ceilingMs ?? 0
  const isAlone = options.propagate === false
  return Object.freeze({ limitMs, scope, name, adaptive, remainingMs, isAlone, track })
}

function checkOneLimit({ ms, totalMs, adaptive }: TimeoutOptions): void {
  if ([ms, totalMs, adaptive].filter((limit) => limit !== undefined).length === 1) return
  throw new TypeError(
    "Cannot create timeout as exactly one of 'ms' and 'totalMs' must be given, or 'adaptive' instead",
  )
}
