import { hashText } from '../faults/hash-text.ts'

/**
 * What the name of a spooled report says:
 *
 * ```
 * unsent ──first sent──▶ frozen ──answered──▶ stored
 *    │ folded into its neighbour: one file with the range of both
 * ```
 *
 * Each step is one rename, so a process may die between any two of them. A file whose range lies within
 * that of another was folded into it and is left over.
 */
export interface SpoolName {
  readonly state: 'unsent' | 'frozen' | 'stored'
  /** The collections that it holds, by number, first and last. */
  readonly first: number
  readonly last: number
  /** Frozen and stored: the report's sequence. Unsent: the last sequence given when it was written. */
  readonly sequence: number
}

const pattern = /^(unsent|frozen|stored)\.(\d{1,15})\.(\d{1,15})\.(\d{1,15})\.json$/

/** The file name. */
export function formatSpoolName({ state, first, last, sequence }: SpoolName): string {
  return [state, first, last, sequence, 'json'].join('.')
}

/** What a file name says; undefined for other files. */
export function parseSpoolName(name: string): SpoolName | undefined {
  const [, state, first, last, sequence] = pattern.exec(name) ?? []
  if (state !== 'unsent' && state !== 'frozen' && state !== 'stored') return undefined
  return { state, first: Number(first), last: Number(last), sequence: Number(sequence) }
}

/** Whether `inner` was folded into `outer`. */
export function isFoldedInto(inner: SpoolName, outer: SpoolName): boolean {
  const isSame = inner.first === outer.first && inner.last === outer.last
  return !isSame && inner.first >= outer.first && inner.last <= outer.last
}

/** A name for a folder that any text can have: no separators, no dots in front, at most 150 characters. */
export function folderName(text: string): string {
  const safe = encodeURIComponent(text.toWellFormed()).replace(/^\./, '%2E').replaceAll('*', '%2A')
  return safe.length <= 150 ? safe : safe.slice(0, 130) + hashText(text)
}
