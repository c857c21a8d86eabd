import { wireName } from '../faults/wire-name.ts'
import { reportLimits } from '../protocol/index.ts'
import type { Timeout } from '../timeout/timeout-api.ts'
import type { Reported } from './policy-registry.ts'

/** A limit on the time of an operation's calls. */
export interface OperationTimeout {
  /** Of one attempt, or of a whole call with its retries and waits. */
  readonly scope: 'attempt' | 'total'
  /** For a call that starts now; of an adaptive timeout what it has learned. Milliseconds. */
  readonly limitMs: number
}

/** The timeouts of operations, by name; bounded. */
export class OperationTimeouts {
  readonly #policies = new Map<string, readonly Reported[]>()

  /** The policies of an operation, outermost first, instead of those before. Beyond the limit of operations they are not kept. */
  set(operation: string, policies: readonly Reported[]): void {
    const name = wireName(operation)
    if (this.#policies.has(name) || this.#policies.size < reportLimits.operations)
      this.#policies.set(name, policies)
  }

  of(operation: string): readonly OperationTimeout[] {
    const policies = this.#policies.get(wireName(operation)) ?? []
    return policies.filter(isTimeout).map(({ scope, limitMs }) => ({ scope, limitMs }))
  }
}

/** One that is not ours may be of the kind and have no limit to tell. */
function isTimeout(policy: Reported): policy is Timeout {
  return policy.kind === 'timeout' && 'limitMs' in policy && 'scope' in policy
}
