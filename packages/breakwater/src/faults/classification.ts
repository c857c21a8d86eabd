import type { FaultCategory, Retryability, Severity } from '../protocol/index.ts'
import type { ErrorTraits } from './error-traits.ts'

/** What kind of problem an error is, and what can be done about it. */
export interface Classification {
  readonly category: FaultCategory
  readonly severity: Severity
  readonly retryability: Retryability
  /** The rule that decided: `node:ECONNREFUSED`, `http:503`, the name of a user's rule, `default`. */
  readonly matchedBy: string
}

/** A rule of the application, asked before the built-in ones. */
export interface ClassificationRule {
  /** Shown as `matchedBy`. */
  readonly name: string
  /** Whether the rule is about this error; asked for the thrown error first, then along its causes. */
  readonly matches: (traits: ErrorTraits) => boolean
  /** What is left out is taken from the built-in rules. */
  readonly category?: FaultCategory
  readonly severity?: Severity
  readonly retryability?: Retryability
}

/** A built-in rule: a verdict, or undefined when the error says nothing to it. */
export type BuiltInRule = (traits: ErrorTraits) => Classification | undefined

/** Category, severity and retryability without a name: what a table of codes holds. */
export type Verdict = readonly [category: FaultCategory, severity: Severity, retryability: Retryability]

/** Names a verdict. */
export function classification(verdict: Verdict, matchedBy: string): Classification {
  return { category: verdict[0], severity: verdict[1], retryability: verdict[2], matchedBy }
}

/** A table from each of the codes, separated by spaces, to one verdict. */
export function verdictsFor(
  rows: ReadonlyArray<readonly [verdict: Verdict, codes: string]>,
): ReadonlyMap<string, Verdict> {
  const table = new Map<string, Verdict>()
  for (const [verdict, codes] of rows) {
    for (const code of codes.split(' ')) table.set(code, verdict)
  }
  return table
}
