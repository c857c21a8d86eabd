import { failed, type OutcomeKind, succeeded } from '../pipeline/outcome.ts'
import type { Admission } from './admission.ts'
import type { BreakerMachine } from './breaker-machine.ts'
import type { CircuitPermit } from './circuit-breaker-api.ts'

/** Admission by hand, or undefined when the breaker refuses. */
export function permitOf(machine: BreakerMachine): CircuitPermit | undefined {
  const permits: unknown[] = [undefined]
  if (machine.enter(permits, 0) !== undefined) return undefined
  const admission = permits[0] as Admission | undefined
  let isHeld = true
  const end = (kind: OutcomeKind | undefined, error?: unknown): void => {
    if (!isHeld) return
    isHeld = false
    machine.exit(admission, kind, error)
  }
  return {
    succeed: () => end(succeeded),
    fail: (error) => end(failed, error),
    ignore: () => end(undefined),
  }
}
