import type { FolderScore, Survivor } from './folder-score.ts'

/** What a reader is told of one folder: its survivors, then its score. */
export function scoreLines(score: FolderScore): readonly string[] {
  const { folder, killed, timedOut, survived, uncovered } = score
  const all = killed + timedOut + survived + uncovered
  return [
    ...score.survivors.map(survivorLine),
    `${folder}: ${(score.score * 100).toFixed(1)} % of ${all} mutants noticed (${killed} killed, ${timedOut} timed out, ${survived} survived, ${uncovered} uncovered)`,
  ]
}

function survivorLine({ file, line, isCovered, original, mutant }: Survivor): string {
  return `${file}:${line}  ${original}  ->  ${mutant}${isCovered ? '' : '  (no test runs it)'}`
}
