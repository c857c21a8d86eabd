import type { ReactNode } from 'react'

/** Offers the rows that came while a list was held; nothing when there are none. */
export function FreshButton({
  count,
  onShow,
}: {
  readonly count: number
  readonly onShow: () => void
}): ReactNode {
  if (count === 0) return null
  return (
    <button type="button" className="fresh" onClick={onShow}>
      {count} new
    </button>
  )
}
