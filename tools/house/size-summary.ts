import { isCode, isTestPath, type SourceFile } from '../source/source-file.ts'
import { functionsOf } from './functions-of.ts'
import { countLines } from './sizes.ts'

/** One line on how long files and functions are outside of tests: median, 90th percentile and the longest. */
export function summariseSizes(files: readonly SourceFile[]): string {
  const code = files.filter(isCode).filter(({ path }) => !isTestPath(path))
  const fileLines = code.map(({ text }) => countLines(text))
  const bodyLines = code.flatMap(functionsOf).map((measured) => measured.bodyLines)
  return `files ${describe(fileLines)}; function bodies ${describe(bodyLines)}`
}

function describe(lengths: number[]): string {
  const sorted = lengths.toSorted((a, b) => a - b)
  const [median, p90, longest] = [0.5, 0.9, 1].map((share) => quantile(sorted, share))
  return `${sorted.length}: median ${median}, p90 ${p90}, longest ${longest} lines`
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? 0
}
