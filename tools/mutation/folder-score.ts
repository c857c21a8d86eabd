import type { MutantReport, MutatedFile } from './mutant-report.ts'

/** The share of mutants that the tests have to notice. */
export const neededScore = 0.9

/** How many mutants ended in which way. */
export interface MutantCounts {
  readonly killed: number
  readonly timedOut: number
  readonly survived: number
  readonly uncovered: number
}

/** A mutant that no test noticed. */
export interface Survivor {
  readonly file: string
  readonly line: number
  readonly isCovered: boolean
  readonly original: string
  readonly mutant: string
}

/** What the tests made of one folder. */
export interface FolderScore extends MutantCounts {
  readonly folder: string
  /** Killed and timed out as a share of all, 0–1. */
  readonly score: number
  readonly files: Readonly<Record<string, MutantCounts>>
  readonly survivors: readonly Survivor[]
}

/** Counts Stryker's report of one folder. Mutants that could not be judged (no valid program) do not count. */
export function folderScore(folder: string, { files }: MutantReport): FolderScore {
  const mutated = Object.entries(files).filter(([, { mutants }]) => mutants.length > 0)
  const counts = countsOf(mutated.flatMap(([, { mutants }]) => mutants.map(({ status }) => status)))
  const noticed = counts.killed + counts.timedOut
  const all = noticed + counts.survived + counts.uncovered
  return {
    folder,
    score: all === 0 ? 1 : noticed / all,
    ...counts,
    files: Object.fromEntries(
      mutated.map(([name, { mutants }]) => [name, countsOf(mutants.map(({ status }) => status))]),
    ),
    survivors: mutated.flatMap(([name, file]) => survivorsOf(name, file)),
  }
}

function countsOf(statuses: readonly string[]): MutantCounts {
  const count = (wanted: string): number => statuses.filter((status) => status === wanted).length
  return {
    killed: count('Killed'),
    timedOut: count('Timeout'),
    survived: count('Survived'),
    uncovered: count('NoCoverage'),
  }
}

function survivorsOf(file: string, { source, mutants }: MutatedFile): readonly Survivor[] {
  const lines = source.split('\n')
  return mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ status, location: { start, end }, replacement = '' }) => {
      const first = lines[start.line - 1] ?? ''
      const isOneLine = start.line === end.line
      return {
        file,
        line: start.line,
        isCovered: status === 'Survived',
        original:
          first.slice(start.column - 1, isOneLine ? end.column - 1 : undefined) + (isOneLine ? '' : ' …'),
        mutant: replacement.replaceAll(/\s+/g, ' '),
      }
    })
    .sort((one, other) => one.line - other.line)
}
