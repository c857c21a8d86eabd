import { checkNames, checkNumbers } from '../../config/check-option.ts'
import type { Random } from '../../random/random.ts'
import type { ChaosFault } from '../chaos-fault.ts'
import { type FaultScopeOptions, resolveScope, scopeNames } from '../fault-scope.ts'

/** Options of {@link latency}. */
export interface LatencyOptions extends FaultScopeOptions {
  /**
   * How long a call is held up before the work runs: milliseconds ≥ 0, or a function that draws them. `Infinity` hangs until
   * the caller or a timeout gives up. @default 30_000
   */
  readonly ms?: number | ((random: Random) => number)
  /** Adds or takes up to so many milliseconds, evenly spread; ≥ 0. @default 0 */
  readonly jitterMs?: number
}

/** How long calls are held up when it is not said. */
export const defaultLatencyMs = 30_000

/**
 * Holds calls up before the work runs. The wait ends at once when the caller aborts or a timeout outside gives up.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @example
 * const slow = latency({ rate: 0.1, ms: 800, jitterMs: 300 })
 */
export function latency(options: LatencyOptions = {}): ChaosFault {
  const what = 'chaos latency'
  checkNames(what, options, [...scopeNames, 'ms', 'jitterMs'])
  const { name = 'latency', ms = defaultLatencyMs, jitterMs = 0 } = options
  if (typeof ms !== 'function') checkNumbers(what, { ms }, { ms: { min: 0 } })
  checkNumbers(what, { jitterMs }, { jitterMs: { min: 0, max: 86_400_000 } })
  return Object.freeze({
    type: 'latency' as const,
    name,
    scope: resolveScope(what, options),
    effectOn: (_call, random) => {
      const base = typeof ms === 'function' ? ms(random) : ms
      const drawn = base + jitterMs * (2 * random.next() - 1)
      return { does: 'wait', ms: drawn > 0 ? drawn : 0 }
    },
  } satisfies ChaosFault)
}
