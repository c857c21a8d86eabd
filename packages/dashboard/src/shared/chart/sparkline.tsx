import type { ReactNode } from 'react'
import { sparklinePath } from './sparkline-path.ts'

const widthPx = 96
const heightPx = 18

/** A small picture of counts over the range; the figures are in the columns beside it. */
export function Sparkline({ counts }: { readonly counts: readonly number[] }): ReactNode {
  return (
    <svg
      className="sparkline"
      width={widthPx}
      height={heightPx}
      viewBox={`0 0 ${widthPx} ${heightPx}`}
      aria-hidden="true"
    >
      <path d={sparklinePath(counts, { width: widthPx, height: heightPx })} />
    </svg>
  )
}
