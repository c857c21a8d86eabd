import { checkFunction, checkNames } from '../../config/check-option.ts'
import type { ChaosCall } from '../chaos-call.ts'
import { InjectedFaultError } from '../chaos-errors.ts'
import type { ChaosFault } from '../chaos-fault.ts'
import { type FaultScopeOptions, resolveScope, scopeNames } from '../fault-scope.ts'

/** Options of {@link fault}. */
export interface FaultOptions extends FaultScopeOptions {
  /** Makes the error that the call fails with. @default an `InjectedFaultError` */
  readonly error?: (call: ChaosCall) => unknown
}

/**
 * Makes calls fail without running the work.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @example
 * const flaky = fault({ rate: 0.05, error: () => Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
 */
export function fault(options: FaultOptions = {}): ChaosFault {
  checkNames('chaos fault', options, [...scopeNames, 'error'])
  checkFunction('chaos fault', 'error', options.error)
  const { name = 'fault', error = ({ operation }) => new InjectedFaultError(operation, name) } = options
  return Object.freeze({
    type: 'fault' as const,
    name,
    scope: resolveScope('chaos fault', options),
    effectOn: (call) => ({ does: 'fail', error: error(call) }),
  } satisfies ChaosFault)
}
