import type { Row } from '../harness/row.ts'
import { verdictsOn } from '../harness/targets.ts'
import { grouped, ratioText } from './figures.ts'

/** A target, what was reached, and whether that is enough. */
export interface TargetLine {
  readonly what: string
  readonly target: string
  readonly reached: string
  readonly isMet: boolean
}

/** How much more than with an empty window a call may take by chance where the cost does not depend on the window. */
const noise = 1.5

/** Every target that rows were measured for. */
export function targetLines(rows: readonly Row[]): TargetLine[] {
  const lines = rows.flatMap(verdictsOn).map(({ target, row, isMet }) => ({
    what: `${row.suite}, ${row.case}`,
    target: target.text,
    reached: target.column === 'ratio' ? ratioText(row.ratio) : `${grouped(row.bytes)} B`,
    isMet,
  }))
  return [...lines, ...windowLines(rows)]
}

/** What recording costs must not grow with what the window holds. */
function windowLines(rows: readonly Row[]): TargetLine[] {
  const ours = rows.filter(({ suite, contestant }) => suite === 'window' && contestant === 'breakwater')
  const [empty, full] = [ours[0], ours.at(-1)]
  if (empty === undefined || full === undefined || empty === full) return []
  const growth = full.ns / empty.ns
  return [
    {
      what: `window, ${full.case} against ${empty.case}`,
      target: `the same (≤ ${noise}×, for noise)`,
      reached: ratioText(growth),
      isMet: growth <= noise,
    },
  ]
}
