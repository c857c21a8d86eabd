import { checkFunction, checkNames, checkNumbers } from '../config/check-option.ts'

/** Options of {@link timeout}: exactly one of `ms` and `totalMs`. */
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
}

/** The options with the limit and its scope made plain. */
export interface ResolvedTimeoutOptions {
  readonly limitMs: number
  readonly scope: 'attempt' | 'total'
  readonly name: string
}

const longestMs = 2 ** 31 - 1

/** Validates the options once, at construction. */
export function resolveTimeoutOptions(options: TimeoutOptions): ResolvedTimeoutOptions {
  checkNames('timeout', options, ['ms', 'totalMs', 'name', 'onEvent'])
  const rule = { min: 0, max: longestMs, isAboveMin: true }
  checkNumbers('timeout', options, { ms: rule, totalMs: rule })
  checkFunction('timeout', 'onEvent', options.onEvent)
  const { ms, totalMs } = options
  if ((ms === undefined) === (totalMs === undefined)) {
    throw new TypeError("Cannot create timeout as exactly one of 'ms' and 'totalMs' must be given")
  }
  const scope = ms === undefined ? 'total' : 'attempt'
  const name = options.name ?? (scope === 'total' ? 'total-timeout' : 'timeout')
  return Object.freeze({ limitMs: ms ?? totalMs ?? 0, scope, name })
}
