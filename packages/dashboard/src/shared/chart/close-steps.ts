/** Times and columns of a chart, with one point more at the end. */
export interface ClosedSteps {
  readonly at: readonly number[]
  readonly columns: readonly (readonly (number | null)[])[]
}

/**
 * Gives the last step its width: an area in steps is drawn from each time to the next, and the last
 * has no next. It ends where the step does, or at the end of what is shown.
 */
export function closeSteps({ at, columns }: ClosedSteps, to: number): ClosedSteps {
  const last = at.at(-1)
  const before = at.at(-2)
  if (last === undefined || last >= to) return { at, columns }
  const end = before === undefined ? to : Math.min(to, last + (last - before))
  return { at: [...at, end], columns: columns.map((column) => [...column, column.at(-1) ?? null]) }
}
