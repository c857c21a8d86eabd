import { checkNames, mustBe } from '../../config/check-option.ts'
import type { ChaosCall } from '../chaos-call.ts'
import type { ChaosFault } from '../chaos-fault.ts'
import { type FaultScopeOptions, resolveScope, scopeNames } from '../fault-scope.ts'

/** Options of {@link outcome}. */
export interface OutcomeOptions<Result> extends FaultScopeOptions {
  /** Makes the answer: an empty list, a response with status 503. */
  readonly value: (call: ChaosCall) => Result
}

/**
 * Answers calls without running the work: an answer that is wrong or empty rather than an error.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @example
 * const busy = outcome({ rate: 0.02, value: () => new Response('busy', { status: 503 }) })
 */
export function outcome<Result>(options: OutcomeOptions<Result>): ChaosFault<Result> {
  checkNames('chaos outcome', options, [...scopeNames, 'value'])
  const { name = 'outcome', value } = options
  if (typeof value !== 'function')
    throw new TypeError(mustBe("chaos outcome as 'value'", 'a function', value))
  return Object.freeze({
    type: 'outcome' as const,
    name,
    scope: resolveScope('chaos outcome', options),
    effectOn: (call) => ({ does: 'answer', value: value(call) }),
  } satisfies ChaosFault<Result>)
}
