/** Which rows of a long list are drawn, and how much room the others take. */
export interface RowWindow {
  readonly first: number
  /** Exclusive. */
  readonly end: number
  readonly beforePx: number
  readonly afterPx: number
}

/** Where a list of rows of equal height stands on the screen. */
export interface RowPlacement {
  readonly count: number
  readonly rowPx: number
  /** How far the list's top is above the window's; negative when it is below. */
  readonly scrolledPx: number
  readonly viewPx: number
}

const overscan = 12

/** Lists up to this length are drawn whole. */
export const windowFrom = 200

/** The rows to draw: those in view and a few around them. */
export function rowWindow({ count, rowPx, scrolledPx, viewPx }: RowPlacement): RowWindow {
  if (count <= windowFrom) return { first: 0, end: count, beforePx: 0, afterPx: 0 }
  const top = Math.floor(scrolledPx / rowPx) - overscan
  const first = Math.min(count, Math.max(0, top))
  const end = Math.max(first, Math.min(count, Math.ceil((scrolledPx + viewPx) / rowPx) + overscan))
  return { first, end, beforePx: first * rowPx, afterPx: (count - end) * rowPx }
}
