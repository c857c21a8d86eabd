import type { OutcomeKind } from '../pipeline/outcome.ts'
import type { BreakerTerms } from './circuit-breaker-terms.ts'

/** What a state hands out with each call that it admits; the outcome comes back with it. */
export interface Admission {
  readonly owner: AdmissionOwner
}

/** A breaker, as its states and admissions see it. */
export interface AdmissionOwner {
  readonly terms: BreakerTerms
  /** Learns how an admitted call ended; undefined and kinds other than success and failure say nothing. */
  exit(admission: Admission, kind: OutcomeKind | undefined, payload: unknown): void
}

/** The admission of a call whose duration counts: made only where slow calls do. */
export class TimedAdmission implements Admission {
  readonly owner: AdmissionOwner
  readonly by: Admission
  readonly startedAt: number

  constructor(by: Admission, startedAt: number) {
    this.owner = by.owner
    this.by = by
    this.startedAt = startedAt
  }
}
