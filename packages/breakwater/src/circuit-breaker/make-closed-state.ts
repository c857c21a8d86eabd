import type { AdmissionOwner } from './admission.ts'
import { ClosedByCount } from './closed-by-count.ts'
import { ClosedByTime } from './closed-by-time.ts'
import { ClosedInARow } from './closed-in-a-row.ts'
import type { ClosedState } from './closed-state.ts'

/** A closed state with the window that the terms ask for, empty. */
export function makeClosedState(owner: AdmissionOwner, since: number): ClosedState {
  const { consecutiveFailures, windowCalls } = owner.terms
  if (consecutiveFailures > 0) return new ClosedInARow(owner, since)
  return windowCalls > 0 ? new ClosedByCount(owner, since) : new ClosedByTime(owner, since)
}
