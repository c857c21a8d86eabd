import { checkNames, mustBe } from '../../config/check-option.ts'
import type { BehaviorCall } from '../chaos-call.ts'
import type { ChaosFault } from '../chaos-fault.ts'
import { type FaultScopeOptions, resolveScope, scopeNames } from '../fault-scope.ts'

/** Options of {@link behavior}. */
export interface BehaviorOptions extends FaultScopeOptions {
  /** What happens before the work runs; when it throws, the call fails with that and the work does not run. */
  readonly run: (call: BehaviorCall) => unknown
}

/**
 * Runs code of yours before the work: close a connection, fill the memory, block the event loop. A promise that it gives is
 * waited for; its `signal` aborts when the call is given up meanwhile.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @example
 * const forgetful = behavior({ rate: 0.01, run: () => sessions.clear() })
 */
export function behavior(options: BehaviorOptions): ChaosFault {
  checkNames('chaos behavior', options, [...scopeNames, 'run'])
  const { name = 'behavior', run } = options
  if (typeof run !== 'function') throw new TypeError(mustBe("chaos behavior as 'run'", 'a function', run))
  return Object.freeze({
    type: 'behavior' as const,
    name,
    scope: resolveScope('chaos behavior', options),
    effectOn: () => ({ does: 'run', run }),
  } satisfies ChaosFault)
}
