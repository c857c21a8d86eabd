import type { Admission, AdmissionOwner } from './admission.ts'
import type { BreakerTerms } from './circuit-breaker-terms.ts'

/** What a window holds now. */
export interface Evidence {
  readonly calls: number
  readonly failures: number
  readonly slowCalls: number
}

/** Calls pass and are counted: one subclass for each kind of window. It is itself what admits a call. */
export abstract class ClosedState implements Admission {
  readonly kind = 'closed'
  readonly owner: AdmissionOwner
  /** Whole milliseconds: a number that needs no box. */
  readonly since: number

  constructor(owner: AdmissionOwner, since: number) {
    this.owner = owner
    this.since = Math.round(since)
  }

  /** Counts a success. */
  abstract succeed(now: number): undefined

  /** Counts a failure; a sentence when it is the one that opens the circuit. */
  abstract fail(now: number): string | undefined

  /** The call that was counted just now was slow; a sentence when that opens the circuit. */
  abstract slow(): string | undefined

  /** What the evidence is now. */
  abstract evidence(now: number): Evidence

  /** The evidence as numbers, for a snapshot. */
  abstract dump(now: number): readonly number[]

  /** Takes over what `dump` gave `ageMs` ago: whole numbers >= 0. What makes no sense among them is left out. */
  abstract load(dumped: readonly number[], now: number, ageMs: number): void
}

/** Whether the evidence opens a circuit by ratio. */
export function isOverRatio(terms: BreakerTerms, { calls, failures, slowCalls }: Evidence): boolean {
  const { minimumCalls, failureRatio, slowCallMs, slowCallRatio } = terms
  if (calls < minimumCalls) return false
  return failures / calls >= failureRatio || (slowCallMs > 0 && slowCalls / calls >= slowCallRatio)
}

/** The sentence of evidence that opens a circuit by ratio. */
export function ratioSentence(terms: BreakerTerms, evidence: Evidence, span: string): string {
  const { calls, failures, slowCalls } = evidence
  if (failures / calls >= terms.failureRatio)
    return `${percent(failures, calls)} of ${calls} calls failed in ${span}`
  return `${percent(slowCalls, calls)} of ${calls} calls took ${terms.slowCallMs} ms or more in ${span}`
}

function percent(part: number, all: number): string {
  return `${Math.round((100 * part) / all)} %`
}
