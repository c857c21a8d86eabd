import type { Verdict } from '../pipeline/level.ts'
import { failed, type OutcomeKind, succeeded } from '../pipeline/outcome.ts'
import type { Admission } from './admission.ts'
import type { CircuitPermit } from './circuit-breaker-api.ts'

/** What admits calls and learns how they end. */
export interface Admitting {
  enter(permits: unknown[], index: number): Verdict
  exit(admission: Admission, kind: OutcomeKind | undefined, payload: unknown): void
}

/** Admission by hand, or undefined when the breaker refuses. */
export function permitOf(machine: Admitting): CircuitPermit | undefined {
  const permits: unknown[] = [undefined]
  if (machine.enter(permits, 0) !== undefined) return undefined
  const admission = permits[0] as Admission
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
