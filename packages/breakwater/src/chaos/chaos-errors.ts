import { isResilienceError } from '../faults/is-resilience-error.ts'
import { ResilienceError } from '../faults/resilience-error.ts'

/** The failure that `fault()` makes up when it is given no error of its own. Policies outside take it for a real one. */
export class InjectedFaultError extends ResilienceError {
  readonly operation: string
  /** The fault's name. */
  readonly fault: string

  constructor(operation: string, fault: string) {
    super(`Chaos made '${operation}' fail: ${fault}`, { code: 'CHAOS_FAULT' })
    this.name = 'InjectedFaultError'
    this.operation = operation
    this.fault = fault
  }
}

/** Whether a value is an {@link InjectedFaultError} of this library, of whatever copy. */
export function isInjectedFaultError(value: unknown): value is InjectedFaultError {
  return isResilienceError(value) && value.code === 'CHAOS_FAULT'
}
