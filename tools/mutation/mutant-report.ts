import { readFileSync } from 'node:fs'

interface Place {
  readonly line: number
  readonly column: number
}

/** One change that Stryker made, and what became of it. */
export interface Mutant {
  readonly status: string
  /** Lines and columns count from 1. */
  readonly location: { readonly start: Place; readonly end: Place }
  readonly replacement?: string
}

/** A file as it was when it was mutated. */
export interface MutatedFile {
  readonly source: string
  readonly mutants: readonly Mutant[]
}

/**
 * What the tool reads of Stryker's report.
 *
 * @see https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema
 */
export interface MutantReport {
  readonly files: Readonly<Record<string, MutatedFile>>
}

/** Reads the report that Stryker wrote. */
export function readMutantReport(path: string): MutantReport {
  return JSON.parse(readFileSync(path, 'utf8')) as MutantReport
}
